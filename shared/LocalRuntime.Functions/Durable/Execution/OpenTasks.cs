using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>How an activity, sub-orchestration or timer ended.</summary>
internal sealed record TaskOutcome(int TaskId, string? Payload, TaskFailureDetails? Failure = null, bool IsFinal = false);

/// <summary>The calls of an execution that have no result yet.</summary>
internal sealed class OpenTasks
{
    private readonly Dictionary<int, TaskCompletionSource<TaskOutcome>> _open = [];

    public int Count => _open.Count;

    public Task<TaskOutcome> Add(int taskId) => (_open[taskId] = new TaskCompletionSource<TaskOutcome>()).Task;

    /// <summary>Ends a call; false if it has ended before.</summary>
    public bool Complete(TaskOutcome outcome)
    {
        if (!_open.Remove(outcome.TaskId, out var source))
            return false;
        source.SetResult(outcome);
        return true;
    }

    /// <summary>Gives a call up; false if it has ended before.</summary>
    public bool Cancel(int taskId, CancellationToken token)
    {
        if (!_open.Remove(taskId, out var source))
            return false;
        source.SetCanceled(token);
        return true;
    }
}
