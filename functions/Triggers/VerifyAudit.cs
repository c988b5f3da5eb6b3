using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Triggers;

/// <summary>Every night: the audit trails are verified, and the log told what is wrong. Who doesn't trust the service runs <c>radiomics audit verify --all</c> elsewhere.</summary>
public sealed class VerifyAudit(AuditReview review, ILogger<VerifyAudit> logger)
{
    /// <summary>Runs at half past three, UTC.</summary>
    /// <exception cref="StepFault">Whatever goes wrong: the host logs it.</exception>
    [Function(nameof(VerifyAudit))]
    public Task Run([TimerTrigger("0 30 3 * * *")] TimerInfo timer, CancellationToken cancellation) => StepFault.OfAsync(async () =>
    {
        var trails = 0;
        await foreach (var trail in review.RunAsync(cancellation))
        {
            trails++;
            foreach (var finding in trail.Findings)
            {
                logger.AuditBroken(trail.Center, finding.ToString());
            }
        }

        logger.AuditVerified(trails);
        return trails;
    });
}
