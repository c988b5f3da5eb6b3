using System.Collections.Concurrent;
using System.Text.Json;
using LocalRuntime.Functions.Durable;
using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Tests.Durable;

/// <summary>Orchestrators and activities as delegates; counts how often each activity ran.</summary>
internal sealed class TestApp : IDurableFunctions
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<string?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<string?, CancellationToken, Task<string?>>> _activities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The activities that ran: name and input.</summary>
    public ConcurrentQueue<(string Name, string? Input)> Ran { get; } = new();

    public TestApp Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> code)
    {
        _orchestrators[name] = async context => DurableJson.Write(await code(context), DurableJson.WorkerDefault);
        return this;
    }

    public TestApp Activity<TIn, TOut>(string name, Func<TIn, CancellationToken, Task<TOut>> code)
    {
        _activities[name] = async (input, cancellation) =>
        {
            Ran.Enqueue((name, input));
            return JsonSerializer.Serialize(await code(DurableJson.Read<TIn>(input, DurableJson.WorkerDefault)!, cancellation));
        };
        return this;
    }

    public TestApp Activity<TIn, TOut>(string name, Func<TIn, TOut> code) =>
        Activity<TIn, TOut>(name, (input, _) => Task.FromResult(code(input)));

    public bool HasOrchestrator(string name) => _orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => _activities.ContainsKey(name);

    public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context) => _orchestrators[name](context);

    public Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellation) =>
        _activities[name](serializedInput, cancellation);
}
