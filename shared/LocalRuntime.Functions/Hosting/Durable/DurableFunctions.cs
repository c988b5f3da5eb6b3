using System.Text.Json;
using LocalRuntime.Functions.Durable;
using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Lets the task hub call the app's orchestrators and activities.</summary>
internal sealed class DurableFunctions(FunctionCatalog catalog, FunctionInvoker invoker) : IDurableFunctions
{
    public bool HasOrchestrator(string name) => catalog.Find(name, FunctionKind.Orchestration) is not null;

    public bool HasActivity(string name) => catalog.Find(name, FunctionKind.Activity) is not null;

    public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context) =>
        invoker.InvokeOrchestratorAsync(Get(name, FunctionKind.Orchestration), context);

    public async Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellation)
    {
        var named = TriggerData.NewNames();
        named["instanceId"] = instanceId;
        var trigger = new TriggerData
        {
            Named = named,
            Value = (type, _) => ValueTask.FromResult(serializedInput is null ? Default(type) : JsonSerializer.Deserialize(serializedInput, type, DurableJson.WorkerDefault)),
        };
        var output = await invoker.InvokeAsync(Get(name, FunctionKind.Activity), trigger, cancellation);
        return DurableJson.Write(output, DurableJson.WorkerDefault);
    }

    private FunctionEntry Get(string name, FunctionKind kind) =>
        catalog.Find(name, kind) ?? throw new InvalidOperationException($"The app has no {kind.ToString().ToLowerInvariant()} function named '{name}'.");

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
