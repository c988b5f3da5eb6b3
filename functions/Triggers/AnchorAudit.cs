using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Triggers;

/// <summary>Every five minutes: what the audit trails hold that isn't anchored yet is, here and where else the settings want it (<see cref="AuditAnchoring"/>).</summary>
public sealed class AnchorAudit(AuditAnchoring anchoring)
{
    /// <summary>Runs every five minutes, with <see cref="MeasureQueues"/>, so that no instance is woken for it alone.</summary>
    /// <exception cref="StepFault">Whatever goes wrong: the host logs it, and the next run tries again.</exception>
    [Function(nameof(AnchorAudit))]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) => StepFault.OfAsync(() => anchoring.RunAsync(cancellation));
}
