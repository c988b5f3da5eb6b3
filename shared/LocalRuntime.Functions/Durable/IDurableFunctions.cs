using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>The orchestrators and activities of an app.</summary>
internal interface IDurableFunctions
{
    bool HasOrchestrator(string name);

    bool HasActivity(string name);

    /// <summary>
    /// Runs an orchestrator and returns its output as JSON. It is called on the executor's own scheduler: between the call and the
    /// orchestrator's own awaits nothing may be awaited that isn't complete, nor with <c>ConfigureAwait(false)</c>.
    /// </summary>
    Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context);

    /// <summary>Runs an activity: JSON in, JSON out. Exceptions become the task's failure.</summary>
    Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellation);
}
