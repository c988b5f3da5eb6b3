using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Audit;

/// <summary>Verifies a trail because somebody asks, behind their back: the page doesn't wait for it. What is found stands in the log as what the night finds.</summary>
public sealed class AuditReviewer(AuditVerdicts verdicts, AuditReader reader, TimeProvider clock, ILogger<AuditReviewer> logger)
{
    // What small trails are through in, so that the page needn't come back for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    // How long a page waits for a verdict of another process, which may have died over it.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>What is known of a trail now.</summary>
    /// <param name="center">The center.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="since">When somebody asked for a verdict, which may be under way in another process of this service; null: nobody did.</param>
    public async Task<AuditState> LookAsync(string center, CancellationToken cancellation, DateTime? since = null)
    {
        var verdict = await verdicts.TryGetAsync(center, cancellation);
        var isTooLong = await reader.LengthAsync(center, cancellation) > AuditVerdicts.MostBytes;
        var isElsewhere = since is { } asked && !isTooLong && !(verdict?.Time.AddSeconds(verdict.Seconds + 1) >= asked) && clock.GetUtcNow().UtcDateTime - asked < s_longest;
        return new(verdict, verdicts.IsRunning(center) || isElsewhere, isTooLong);
    }

    /// <summary>Begins to verify a trail, unless that is under way or has just been done, and waits a moment for it.</summary>
    public async Task<AuditState> BeginAsync(string center, CancellationToken cancellation)
    {
        var running = RunAsync(center);
        await Task.WhenAny(running, Task.Delay(s_patience, cancellation));
        return await LookAsync(center, cancellation);
    }

    private async Task RunAsync(string center)
    {
        try
        {
            if (await verdicts.VerifyAsync(center) is { Intact: false } verdict)
            {
                foreach (var finding in verdict.Findings)
                {
                    logger.AuditBroken(center, $"{finding.Where}: {finding.Reason}. {finding.Sentence}");
                }
            }
        }
        catch (Exception e)
        {
            logger.RequestFailed(StepFault.Describe(e), e.StackTrace);
        }
    }
}

/// <summary>What is known of a trail.</summary>
/// <param name="Verdict">The newest verdict on it; null if there is none.</param>
/// <param name="IsRunning">Whether another one is being made here.</param>
/// <param name="IsTooLong">Whether it is too long to be verified because somebody asks.</param>
public sealed record AuditState(AuditVerdict? Verdict, bool IsRunning, bool IsTooLong);
