using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// Runs an orchestrator over its history: every entry of the past is delivered in order and what the code does is held against what
/// it did before; then the new entries are delivered, and what it does now is the turn's result.
/// </summary>
internal sealed class OrchestrationExecutor
{
    private readonly OrchestrationStart _start;
    private readonly IDurableFunctions _functions;
    private readonly JsonSerializerOptions _serializer;
    private readonly ILoggerFactory _loggers;
    private readonly OrchestrationScheduler _scheduler;
    private readonly Action? _onLateViolation;
    private readonly List<HistoryEvent> _heldBack = [];
    private readonly List<HistoryEvent> _afterEnd = [];

    private DurableOrchestrationContext? _context;
    private Task<string?>? _main;
    private (DateTimeOffset Now, bool Replaying) _turn;
    private int _confirmed;
    private bool _suspended;
    private volatile bool _endedHere;
    private volatile bool _violated;
    private volatile bool _closed;

    private OrchestrationExecutor(
        OrchestrationStart start,
        IDurableFunctions functions,
        JsonSerializerOptions serializer,
        ILoggerFactory loggers,
        Action? onLateViolation)
    {
        (_start, _functions, _serializer, _loggers, _onLateViolation) = (start, functions, serializer, loggers, onLateViolation);
        _scheduler = new(OnForeignContinuation);
    }

    /// <summary>Runs one turn.</summary>
    /// <param name="start">The execution.</param>
    /// <param name="past">Its history so far.</param>
    /// <param name="fresh">What has happened since: a <see cref="HistoryKind.TurnStarted"/> and the events of this turn.</param>
    /// <param name="functions">Where the orchestrator is found.</param>
    /// <param name="serializer">How payloads are read and written.</param>
    /// <param name="loggers">Loggers of the orchestrator.</param>
    /// <param name="onLateViolation">Called if a task that isn't durable wakes the orchestrator after the turn.</param>
    public static TurnResult Run(
        OrchestrationStart start,
        IReadOnlyList<HistoryEvent> past,
        IReadOnlyList<HistoryEvent> fresh,
        IDurableFunctions functions,
        JsonSerializerOptions serializer,
        ILoggerFactory loggers,
        Action? onLateViolation = null)
    {
        var executor = new OrchestrationExecutor(start, functions, serializer, loggers, onLateViolation);
        TurnResult? result = null;
        executor._scheduler.Own(() => result = executor.Run(past, fresh));
        executor._closed = true;
        return result!;
    }

    private TurnResult Run(IReadOnlyList<HistoryEvent> past, IReadOnlyList<HistoryEvent> fresh)
    {
        try
        {
            foreach (var entry in past)
                Deliver(entry, replaying: true);
            foreach (var entry in fresh)
                Deliver(entry, replaying: false);
            RequireDurableWait();
            return Conclude();
        }
        catch (Exception error) when (error is NonDeterministicOrchestrationException or NonDurableAwaitException)
        {
            return new() { Actions = [], HasEnded = true, Failure = TaskFailureDetails.FromException(error) with { StackTrace = null } };
        }
    }

    private void Deliver(HistoryEvent entry, bool replaying)
    {
        if (entry.Kind == HistoryKind.TurnStarted)
        {
            RequireAllConfirmed();
            _turn = (entry.Timestamp, replaying);
            _context?.BeginTurn(entry.Timestamp, replaying);
        }
        else if (entry.IsAction)
        {
            Confirm(entry);
        }
        else if (entry.Kind == HistoryKind.Resumed)
        {
            _suspended = false;
            HistoryEvent[] heldBack = [.. _heldBack];
            _heldBack.Clear();
            foreach (var held in heldBack)
                Apply(held);
        }
        else if (entry.Kind == HistoryKind.Suspended)
        {
            _suspended = true;
        }
        else if (_suspended)
        {
            _heldBack.Add(entry);
        }
        else
        {
            Apply(entry);
        }

        if (_violated)
            throw new NonDurableAwaitException(_start.Name);
    }

    private void Apply(HistoryEvent entry)
    {
        if (_endedHere && entry.Kind == HistoryKind.EventRaised)
        {
            _afterEnd.Add(entry);
            return;
        }

        switch (entry.Kind)
        {
            case HistoryKind.ExecutionStarted:
                Begin(entry.Payload);
                break;
            case HistoryKind.EventRaised:
                _context!.Events.Raise(entry);
                break;
            case HistoryKind.TaskCompleted or HistoryKind.SubOrchestrationCompleted or HistoryKind.TimerFired:
                _context!.Open.Complete(new(entry.TaskId!.Value, entry.Payload));
                break;
            case HistoryKind.TaskFailed or HistoryKind.SubOrchestrationFailed:
                _context!.Open.Complete(new(entry.TaskId!.Value, null, entry.Failure, entry.IsFinal));
                break;
        }

        _scheduler.Drain();
    }

    private void Begin(string? input)
    {
        _context = new(_start, input, _scheduler, _serializer, _loggers);
        _context.BeginTurn(_turn.Now, _turn.Replaying);
        _main = Task.Factory
            .StartNew(() => _functions.RunOrchestratorAsync(_start.Name, _context), CancellationToken.None, TaskCreationOptions.None, _scheduler)
            .Unwrap();
        _main.ContinueWith(
            _ => _endedHere = _scheduler.IsOnThread,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Confirm(HistoryEvent recorded)
    {
        var done = _context!.Actions;
        if (_confirmed >= done.Count)
            throw new NonDeterministicOrchestrationException(_start.Name, recorded.Describe(), "nothing");
        var actual = done[_confirmed];
        if (actual.Kind != recorded.Kind || !string.Equals(actual.Name, recorded.Name, StringComparison.OrdinalIgnoreCase))
            throw new NonDeterministicOrchestrationException(_start.Name, recorded.Describe(), actual.Describe());
        _confirmed++;
    }

    private void RequireAllConfirmed()
    {
        if (_context is not null && _confirmed < _context.Actions.Count)
            throw new NonDeterministicOrchestrationException(_start.Name, "nothing", _context.Actions[_confirmed].Describe());
    }

    private void RequireDurableWait()
    {
        var waitsForNothing = !_suspended && !_context!.WaitsForSomething;
        if (_violated || (!_endedHere && (_main!.IsCompleted || waitsForNothing)))
            throw new NonDurableAwaitException(_start.Name);
    }

    private TurnResult Conclude()
    {
        var context = _context!;
        var result = new TurnResult
        {
            Actions = [.. context.Actions.Skip(_confirmed), .. context.CancelledTimers],
            IsSuspended = _suspended,
            HasCustomStatus = context.HasCustomStatus,
            CustomStatus = context.CustomStatus,
            HasEnded = _endedHere,
        };
        if (!_endedHere)
            return result;
        if (!_main!.IsCompletedSuccessfully)
            return result with { Failure = Failure(_main) };
        if (context.Next is not { } next)
            return result with { Output = _main.Result };
        var unseen = _afterEnd.Concat(_heldBack.Where(held => held.Kind == HistoryKind.EventRaised));
        List<HistoryEvent> carried = next.PreserveEvents ? [.. context.Events.TakeKept(), .. unseen] : [];
        if (_suspended)
            carried.Add(new() { Kind = HistoryKind.Suspended, Timestamp = _turn.Now });
        return result with { Next = new(next.Input, carried) };
    }

    private static TaskFailureDetails Failure(Task main) =>
        TaskFailureDetails.FromException(main.Exception?.InnerException ?? new TaskCanceledException(main));

    private void OnForeignContinuation()
    {
        _violated = true;
        if (_closed)
            _onLateViolation?.Invoke();
    }
}
