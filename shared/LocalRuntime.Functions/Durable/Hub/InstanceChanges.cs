using System.Collections.Concurrent;

namespace LocalRuntime.Functions.Durable;

/// <summary>Lets those who wait for an instance in this process know that it has changed.</summary>
internal sealed class InstanceChanges
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    /// <summary>Ends with the next change of the instance in this process.</summary>
    public Task NextAsync(string instanceId) => _waiting
        .GetOrAdd(instanceId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Notify(string instanceId)
    {
        if (_waiting.TryRemove(instanceId, out var waiting))
            waiting.SetResult();
    }
}
