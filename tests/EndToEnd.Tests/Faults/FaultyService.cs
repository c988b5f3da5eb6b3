using System.Globalization;

namespace EndToEnd.Tests.Faults;

/// <summary>Two hosts on one hub, and their storage: each with a clock and a small disk of its own.</summary>
internal sealed class FaultyService : IAsyncDisposable
{
    private const int Hosts = 2;

    // The service keeps 256 MB free and takes nothing in below that: what it needs itself comes on top.
    private const int TemporaryMegabytes = 512;
    private const int StorageMegabytes = 160;

    /// <summary>When it begins, by its own clocks: shortly before the end of a month, so that clocks that jump do so across it.</summary>
    private static readonly DateTimeOffset s_begin = new(2027, 1, 31, 23, 55, 0, TimeSpan.Zero);

    private readonly List<SmallDisk> _disks = [];
    private long _asked;

    private FaultyService(string folder) => Folder = folder;

    public string Folder { get; }

    public FaultyAccount Account { get; private set; } = null!;

    public Clock StorageClock { get; private set; } = null!;

    public SmallDisk StorageDisk { get; private set; } = null!;

    public IReadOnlyList<HostSlot> Slots { get; private set; } = [];

    /// <summary>Whether a disk of it can be full: that takes root, or sudo without a password.</summary>
    public bool CanBeFull => _disks.TrueForAll(disk => disk.IsSmall);

    /// <summary>Starts it; both hosts serve.</summary>
    /// <param name="folder">An empty folder for all that it keeps.</param>
    /// <param name="watched">Whether its hosts look for new blobs themselves.</param>
    public static async Task<FaultyService> StartAsync(string folder, bool watched)
    {
        var service = new FaultyService(folder);
        try
        {
            var ahead = s_begin - DateTimeOffset.UtcNow;
            service.StorageClock = new Clock(Path.Combine(folder, "storage.clock"), ahead);
            service.StorageDisk = service.Mount("storage", StorageMegabytes);
            service.Account = await FaultyAccount.StartAsync(service.StorageDisk.Folder, service.StorageClock);
            var settings = new Dictionary<string, string?>(Service.SettingsOf(service.Account.ConnectionString));
            if (!watched)
            {
                settings["LocalHost__BlobEventSuffixes"] = "/nothing is called so";
            }

            service.Slots = [.. Enumerable.Range(0, Hosts).Select(n => new HostSlot(
                settings,
                new Clock(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"host{n}.clock")), ahead),
                service.Mount(string.Create(CultureInfo.InvariantCulture, $"temporary{n}"), TemporaryMegabytes)))];
            await Task.WhenAll(service.Slots.Select(slot => slot.Current)).WaitAsync(TimeSpan.FromMinutes(3));
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Time passes for storage and for hosts, all or all but one.</summary>
    public void Pass(TimeSpan time, HostSlot? butFor = null)
    {
        StorageClock.Move(time);
        foreach (var slot in Slots.Where(slot => slot != butFor))
        {
            slot.Clock.Move(time);
        }
    }

    /// <summary>The address of a host that serves, each in its turn, as a load balancer would choose it.</summary>
    public async Task<Uri> AddressAsync()
    {
        var hosts = Slots.Select(slot => slot.Current).ToArray();
        var ready = hosts.Where(host => host.IsCompletedSuccessfully).ToArray();
        return (await (ready.Length > 0 ? ready[(int)(Interlocked.Increment(ref _asked) % ready.Length)] : await Task.WhenAny(hosts))).Url;
    }

    /// <summary>Writes down what its hosts have said.</summary>
    public async Task SaveLogsAsync(string folder)
    {
        for (var n = 0; n < Slots.Count; n++)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"host{n}.log")), Slots[n].Log);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Slots.Select(slot => slot.DisposeAsync().AsTask()));
        if (Account is not null)
        {
            await Account.DisposeAsync();
        }

        foreach (var disk in _disks)
        {
            disk.Dispose();
        }
    }

    private SmallDisk Mount(string name, int megabytes)
    {
        var disk = SmallDisk.Mount(Path.Combine(Folder, name), megabytes);
        _disks.Add(disk);
        return disk;
    }
}
