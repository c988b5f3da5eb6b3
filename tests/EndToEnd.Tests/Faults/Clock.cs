using System.Globalization;

namespace EndToEnd.Tests.Faults;

/// <summary>
/// The clock of some processes, which can be moved while they run. Their own timers go on as they did: a clock that is set doesn't make a machine faster. Needs
/// <c>libfaketime</c> (Debian's package <c>faketime</c>).
/// </summary>
internal sealed class Clock
{
    private static readonly string[] s_places =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib64/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1"];

    private readonly string _file;
    private readonly Lock _gate = new();
    private TimeSpan _offset;

    /// <param name="file">Where its offset is kept, for the processes to read.</param>
    /// <param name="offset">By how much it is ahead of this machine's clock.</param>
    public Clock(string file, TimeSpan offset)
    {
        _file = file;
        Move(offset);
    }

    /// <summary>The library; null if it isn't on this machine.</summary>
    public static string? Library { get; } = s_places.FirstOrDefault(File.Exists);

    /// <summary>What it shows.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + _offset;

    /// <summary>What a process is told that goes by it.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        // Otherwise it takes a wait by the monotonic clock for one by this one: every timed wait of .NET is over at once, and each of its threads turns at full speed.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    /// <summary>Moves it by some time, forward or back. Those that go by it see it within a second.</summary>
    public void Move(TimeSpan by)
    {
        lock (_gate)
        {
            _offset += by;
            // Whole at any moment.
            File.WriteAllText(_file + ".new", string.Create(CultureInfo.InvariantCulture, $"{_offset.TotalSeconds:+0.###;-0.###}\n"));
            File.Move(_file + ".new", _file, overwrite: true);
        }
    }
}
