using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Durable;

/// <summary>The context of one replay: records what the orchestrator does and gives it what the history holds.</summary>
internal sealed class DurableOrchestrationContext(
    OrchestrationStart start, string? input, OrchestrationScheduler scheduler, JsonSerializerOptions serializer, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    private const int CustomStatusLimit = 16 * 1024;

    private readonly List<HistoryEvent> _actions = [];
    private readonly List<HistoryEvent> _cancelled = [];
    private int _guids;
    private DateTimeOffset _now;
    private bool _replaying = true;

    public override TaskName Name => start.Name;

    public override string InstanceId => start.InstanceId;

    public override ParentOrchestrationInstance? Parent => start.Parent;

    public override DateTime CurrentUtcDateTime => _now.UtcDateTime;

    public override bool IsReplaying => _replaying;

    /// <summary>Everything the orchestrator has done, by task id.</summary>
    public IReadOnlyList<HistoryEvent> Actions => _actions;

    /// <summary>The timers it has cancelled in this turn.</summary>
    public IReadOnlyList<HistoryEvent> CancelledTimers => _cancelled;

    public OpenTasks Open { get; } = new();

    public ExternalEvents Events { get; } = new();

    public bool HasCustomStatus { get; private set; }

    public string? CustomStatus { get; private set; }

    /// <summary>What ContinueAsNew asked for, if it was called.</summary>
    public (string? Input, bool PreserveEvents)? Next { get; private set; }

    /// <summary>Whether the orchestrator waits for anything that can still happen.</summary>
    public bool WaitsForSomething => Open.Count + Events.WaiterCount > 0;

    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Sets the time and whether it is the past.</summary>
    public void BeginTurn(DateTimeOffset now, bool replaying)
    {
        _now = now;
        _replaying = replaying;
        if (replaying)
            _cancelled.Clear();
    }

    public override T? GetInput<T>()
        where T : default => DurableJson.Read<T>(input, serializer);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException("Task options were given as the activity's input. Give them as 'options'.", nameof(input));
        var payload = DurableJson.Write(input, serializer);
        return CallAsync<TResult>(name, options?.Retry, () => Schedule(new()
        {
            Kind = HistoryKind.TaskScheduled,
            Timestamp = _now,
            Name = name,
            Payload = payload,
        }));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var payload = DurableJson.Write(input, serializer);
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        return CallAsync<TResult>(orchestratorName, options?.Retry, () => Schedule(new()
        {
            Kind = HistoryKind.SubOrchestrationCreated,
            Timestamp = _now,
            Name = orchestratorName,
            InstanceId = instanceId,
            Payload = payload,
        }));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var action = new HistoryEvent
        {
            Kind = HistoryKind.TimerCreated,
            Timestamp = _now,
            FireAt = new DateTimeOffset(fireAt.ToUniversalTime()),
        };
        var timer = Schedule(action);
        var taskId = _actions[^1].TaskId!.Value;
        cancellationToken.Register(() =>
        {
            if (Open.Cancel(taskId, cancellationToken))
                _cancelled.Add(new() { Kind = HistoryKind.TimerCancelled, Timestamp = _now, TaskId = taskId });
        });
        return timer;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        RequireThread();
        return DurableJson.Read<T>(await Events.WaitAsync(eventName, cancellationToken), serializer)!;
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => Record(new()
    {
        Kind = HistoryKind.EventSent,
        Timestamp = _now,
        Name = eventName,
        InstanceId = instanceId,
        Payload = DurableJson.Write(payload, serializer),
    });

    public override void SetCustomStatus(object? customStatus)
    {
        RequireThread();
        var json = DurableJson.Write(customStatus, serializer);
        if (json is not null && Encoding.Unicode.GetByteCount(json) > CustomStatusLimit)
            throw new ArgumentException("A custom status must not be larger than 16 KB of UTF-16 JSON.", nameof(customStatus));
        (HasCustomStatus, CustomStatus) = (true, json);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        RequireThread();
        Next = (DurableJson.Write(newInput, serializer), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        RequireThread();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{start.InstanceId}\n{start.ExecutionId}\n{_guids++}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private async Task<TResult> CallAsync<TResult>(TaskName name, TaskRetryOptions? retry, Func<Task<TaskOutcome>> attempt)
    {
        var began = CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            var outcome = await attempt();
            if (outcome.Failure is not { } failure)
                return DurableJson.Read<TResult>(outcome.Payload, serializer)!;
            if (outcome.IsFinal || !await RetryAsync(retry, attempts, failure, began))
                throw new TaskFailedException(name, outcome.TaskId, failure);
        }
    }

    private async Task<bool> RetryAsync(TaskRetryOptions? retry, int attempts, TaskFailureDetails failure, DateTime began)
    {
        var elapsed = CurrentUtcDateTime - began;
        if (retry?.Handler is { } handler)
            return await handler(new RetryContext(this, attempts, failure, elapsed, CancellationToken.None));
        if (retry?.Policy is not { } policy || attempts >= policy.MaxNumberOfAttempts || !policy.ShouldRetry(failure))
            return false;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            return false;
        var pause = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempts - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(365) : policy.MaxRetryInterval;
        await CreateTimer(TimeSpan.FromMilliseconds(Math.Min(pause, longest.TotalMilliseconds)), CancellationToken.None);
        return true;
    }

    private Task<TaskOutcome> Schedule(HistoryEvent action) => Open.Add(Record(action));

    private int Record(HistoryEvent action)
    {
        RequireThread();
        _actions.Add(action with { TaskId = _actions.Count });
        return _actions.Count - 1;
    }

    private void RequireThread()
    {
        if (scheduler.IsOnThread)
            return;
        scheduler.ReportForeignUse();
        throw new NonDurableAwaitException(start.Name);
    }
}
