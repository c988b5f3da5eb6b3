using System.Collections.Concurrent;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// Runs an orchestrator's code on the one thread that drains it. A continuation that arrives from another thread comes from
/// something that isn't durable: it is not run, and reported.
/// </summary>
internal sealed class OrchestrationScheduler(Action onForeignContinuation) : TaskScheduler
{
    [ThreadStatic]
    private static OrchestrationScheduler? s_draining;

    private readonly ConcurrentQueue<Task> _ready = new();

    /// <summary>Whether the calling thread is the one that runs this orchestrator.</summary>
    public bool IsOnThread => s_draining == this;

    /// <summary>Reports that the orchestrator's code runs on a thread that isn't its own.</summary>
    public void ReportForeignUse() => onForeignContinuation();

    /// <summary>Makes the calling thread the orchestrator's own, for the time of <paramref name="turn"/>.</summary>
    public void Own(Action turn)
    {
        var before = s_draining;
        s_draining = this;
        try
        {
            turn();
        }
        finally
        {
            s_draining = before;
        }
    }

    /// <summary>Runs what is ready until nothing is.</summary>
    public void Drain()
    {
        while (_ready.TryDequeue(out var task))
            TryExecuteTask(task);
    }

    protected override void QueueTask(Task task)
    {
        if (IsOnThread)
            _ready.Enqueue(task);
        else
            onForeignContinuation();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        IsOnThread && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
