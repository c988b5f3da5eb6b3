using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Health;

/// <summary>Says whether this instance can work, and what it is that can't.</summary>
public sealed class Readiness(HealthCheckService checks, TimeProvider clock, ILogger<Readiness> logger)
{
    /// <summary>For how long an answer holds: whoever asks may ask often, and others' services aren't asked more often than this.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const string Which = "which";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<HealthReport>? _report;
    private long _asked;

    /// <summary>Asks everything at once, for at most five seconds. 200 <c>ready</c> or <c>degraded</c>, 503 <c>broken</c>; never what an exception says.</summary>
    public async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        var report = await ReportAsync(cancellation);
        return Answers.Json(report, report.Status == Word(HealthStatus.Unhealthy, "ready") ? 503 : 200);
    }

    /// <summary>The same as it is said.</summary>
    internal async Task<ReadyReport> ReportAsync(CancellationToken cancellation)
    {
        var report = await CurrentAsync().WaitAsync(cancellation);
        var all = report.Entries.Select(entry => new ReadyCheck(entry.Key, Word(entry.Value.Status, "ok"), entry.Value.Exception is null ? entry.Value.Description : null));
        return new ReadyReport(Word(report.Status, "ready"), [.. all]);
    }

    private Task<HealthReport> CurrentAsync()
    {
        lock (_lock)
        {
            if (_report is null or { IsFaulted: true } || (_report.IsCompleted && clock.GetElapsedTime(_asked) >= Lifetime))
            {
                _asked = clock.GetTimestamp();
                _report = AskAsync();
            }

            return _report;
        }
    }

    private async Task<HealthReport> AskAsync()
    {
        var report = await checks.CheckHealthAsync(CancellationToken.None);
        foreach (var (name, entry) in report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy))
        {
            logger.NotReady(name, entry.Exception is { } fault ? StepFault.Describe(fault) : string.Join(", ", (IEnumerable<string>)entry.Data[Which]));
        }

        return report;
    }

    /// <summary>Adds the checks.</summary>
    internal static IServiceCollection Add(IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StorageCheck>("storage", timeout: s_patience)
            .AddCheck<QueueCheck>("queues", timeout: s_patience)
            .AddCheck<UidKeyCheck>("uidKey", timeout: s_patience)
            .AddCheck<ModelCheck>("models", HealthStatus.Degraded, timeout: s_patience)
            .AddCheck<DicomServiceCheck>("dicomServices", HealthStatus.Degraded, timeout: s_patience);
        return services.AddSingleton<Readiness>();
    }

    /// <summary>Degraded, unless nothing is wrong.</summary>
    /// <param name="sentence">For everybody, who needn't know what centers there are.</param>
    /// <param name="which">For the log.</param>
    internal static HealthCheckResult Result(string sentence, IReadOnlyList<string> which) =>
        which.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(sentence, data: Data(which));

    /// <summary>Broken.</summary>
    /// <inheritdoc cref="Result"/>
    internal static HealthCheckResult Broken(string sentence, IReadOnlyList<string> which) => HealthCheckResult.Unhealthy(sentence, data: Data(which));

    private static Dictionary<string, object> Data(IReadOnlyList<string> which) => new() { [Which] = which };

    private static string Word(HealthStatus status, string good) => status switch
    {
        HealthStatus.Healthy => good,
        HealthStatus.Degraded => "degraded",
        _ => "broken",
    };
}

/// <summary>What can and can't be done.</summary>
/// <param name="Status">`ready`, `degraded` or `broken`.</param>
/// <param name="Checks">What was looked at.</param>
internal sealed record ReadyReport(string Status, IReadOnlyList<ReadyCheck> Checks);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">`storage`, `queues`, `uidKey`, `models` or `dicomServices`.</param>
/// <param name="Status">`ok`, `degraded` or `broken`.</param>
/// <param name="Detail">What is wrong, in a sentence; null if nothing is, or the log has it.</param>
internal sealed record ReadyCheck(string Name, string Status, string? Detail);
