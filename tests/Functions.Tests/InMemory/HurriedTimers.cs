using Microsoft.DurableTask;

namespace Functions.Tests.InMemory;

/// <summary>Timers fire a hundred times sooner; all else is as it is.</summary>
internal sealed class HurriedTimers(TaskOrchestrationContext inner) : WrappedContext(inner)
{
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        base.CreateTimer(CurrentUtcDateTime + ((fireAt - CurrentUtcDateTime) / 100), cancellationToken);
}
