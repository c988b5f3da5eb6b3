using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>What an orchestrator did in one turn.</summary>
internal sealed record TurnResult
{
    /// <summary>The new actions, in the order of their task ids, and cancelled timers.</summary>
    public required IReadOnlyList<HistoryEvent> Actions { get; init; }

    /// <summary>Whether the execution has ended, by a value, a failure or <see cref="Next"/>.</summary>
    public bool HasEnded { get; init; }

    public string? Output { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>The next execution, where the orchestrator called ContinueAsNew.</summary>
    public NextExecution? Next { get; init; }

    public bool IsSuspended { get; init; }

    public bool HasCustomStatus { get; init; }

    public string? CustomStatus { get; init; }
}

/// <summary>An execution that follows another under the same instance id.</summary>
/// <param name="Input">Its input, as JSON.</param>
/// <param name="Carried">Events that the execution before has not taken.</param>
internal sealed record NextExecution(string? Input, IReadOnlyList<HistoryEvent> Carried);
