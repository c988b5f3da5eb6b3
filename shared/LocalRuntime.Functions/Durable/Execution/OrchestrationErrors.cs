namespace LocalRuntime.Functions.Durable;

/// <summary>The orchestrator did something else than its history says.</summary>
internal sealed class NonDeterministicOrchestrationException(string orchestrator, string expected, string actual)
    : Exception(
        $"The orchestrator '{orchestrator}' is not deterministic, or its code has changed since the instance started: "
        + $"its history says {expected}, the code did {actual}.");

/// <summary>The orchestrator waits for something that no replay can repeat.</summary>
internal sealed class NonDurableAwaitException(string orchestrator)
    : Exception(
        $"The orchestrator '{orchestrator}' awaited a task that is not durable. An orchestrator may await only tasks that come from its "
        + "TaskOrchestrationContext (and Task.WhenAll and Task.WhenAny of these), without ConfigureAwait(false); Task.Delay, Task.Run, "
        + "I/O and everything else belongs into an activity.");
