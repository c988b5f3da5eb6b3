using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Telemetry;

namespace RadiomicsFunctions.Http;

/// <summary>
/// Lets bodies in as far as there is room for them: bytes under way, temporary space, memory. Asked before a body is read; one of a length that isn't told counts as the longest that its door takes.
/// </summary>
/// <param name="options">How much is let in.</param>
/// <param name="temporary">Where the bodies of studies go.</param>
/// <param name="availableMemory">Bytes of memory that are free now.</param>
/// <param name="clock">Tells one burst from the next.</param>
/// <param name="logger">Is told once a burst.</param>
public sealed class Intake(IntakeOptions options, TemporaryStorage temporary, Func<long> availableMemory, TimeProvider clock, ILogger<Intake> logger)
{
    /// <summary>Bodies that weren't let in, by <c>reason</c>: <c>bytes</c>, <c>disk</c>, <c>memory</c>.</summary>
    public const string Refusals = "radiomics.intake.refused";

    /// <summary>What is made of a body in memory, its own bytes among it.</summary>
    private const int Times = 4;

    private static readonly TimeSpan s_burst = TimeSpan.FromMinutes(1);
    private static readonly Meter s_meter = new(StepMeter.Name);
    private static readonly Counter<long> s_refusals = s_meter.CreateCounter<long>(Refusals, "{request}", "Bodies that weren't let in.");

    private readonly SharedBytes _files = new(options.BodyBytes);
    private readonly SharedBytes _memory = new(options.MemoryBytes);
    private readonly Lock _gate = new();
    private long? _lastRefusal;

    /// <summary>Makes room for a body on the disk.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Longest body, bytes.</param>
    /// <returns>A folder with as much reserved, and what to dispose of after it.</returns>
    /// <exception cref="BusyException">There is none.</exception>
    internal (TemporaryFolder Folder, IDisposable Lease) TakeDisk(HttpRequest request, long limit)
    {
        var bytes = request.ContentLength ?? limit;
        var lease = Take(_files, bytes);
        TemporaryFolder? folder = null;
        try
        {
            folder = temporary.NewFolder();
            return folder.TryReserve(bytes) ? (folder, lease) : throw Refused("disk");
        }
        catch
        {
            folder?.Dispose();
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Makes room for a body in memory.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Longest body, bytes.</param>
    /// <returns>What to dispose of when nothing of the body is held any more.</returns>
    /// <exception cref="BusyException">There is none.</exception>
    internal IDisposable TakeMemory(HttpRequest request, long limit) => Take(_memory, Times * (request.ContentLength ?? limit));

    private IDisposable Take(SharedBytes shared, long bytes) =>
        availableMemory() < options.KeepFreeMemoryBytes ? throw Refused("memory") : shared.TryTake(bytes) ?? throw Refused("bytes");

    private BusyException Refused(string reason)
    {
        s_refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
        bool isFirst;
        lock (_gate)
        {
            isFirst = _lastRefusal is not { } last || clock.GetElapsedTime(last) > s_burst;
            _lastRefusal = clock.GetTimestamp();
        }

        if (isFirst)
        {
            logger.BodiesRefused(reason);
        }

        return new BusyException(options.RetryAfterSeconds);
    }
}
