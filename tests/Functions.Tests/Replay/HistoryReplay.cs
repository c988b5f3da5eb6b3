using System.Globalization;
using DurableTask.Core.History;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker.Grpc;
using P = Microsoft.DurableTask.Protobuf;

namespace Functions.Tests.Replay;

/// <summary>
/// Runs an orchestrator against a history as the worker does after a restart: from the start to the end of every turn, with nothing but what was
/// recorded. It must do again what it did then, in the same order and with timers to the same moments. Inputs aren't compared, for histories don't keep them.
/// </summary>
internal static class HistoryReplay
{
    /// <summary>Replays every turn of an execution that has ended.</summary>
    /// <param name="history">The execution.</param>
    /// <param name="seen">What the orchestrator sees of its context, where it is to behave as if it had been changed.</param>
    /// <exception cref="ReplayException">The orchestrator does something else than was recorded.</exception>
    public static void EveryTurn(RecordedHistory history, Func<TaskOrchestrationContext, TaskOrchestrationContext>? seen = null)
    {
        var turns = history.Turns;
        if (turns is not [.., { HasEnded: true }])
            throw new ArgumentException("This history has no end.", nameof(history));
        var orchestrator = Orchestrators.Get(history.Started.Name, seen ?? (context => context));
        for (var i = 0; i < turns.Count; i++)
        {
            string[] recorded = [.. turns[i].Done.Select(Describe)];
            string[] replayed = [.. Run(history.Started.OrchestrationInstance.InstanceId, turns[i], orchestrator).Select(Describe)];
            if (!recorded.SequenceEqual(replayed))
                throw new ReplayException($"Turn {i + 1} of {turns.Count} did\n{Lines(recorded)}\nand does now\n{Lines(replayed)}");
        }
    }

    /// <summary>What the orchestrator does in a turn.</summary>
    internal static IEnumerable<P.OrchestratorAction> Run(string id, RecordedTurn turn, ITaskOrchestrator orchestrator)
    {
        var request = new P.OrchestratorRequest
        {
            InstanceId = id,
            PastEvents = { turn.Past.Select(ProtobufUtils.ToHistoryEventProto) },
            NewEvents = { turn.Woken.Select(ProtobufUtils.ToHistoryEventProto) },
        };
        var answer = GrpcOrchestrationRunner.LoadAndRun(Convert.ToBase64String(request.ToByteArray()), orchestrator, IsolatedWorker.Services);
        return P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer)).Actions;
    }

    private static string Describe(HistoryEvent e) => e switch
    {
        TaskScheduledEvent task => $"{task.EventId}: call {task.Name}",
        TimerCreatedEvent timer => $"{timer.EventId}: wait until {Text(timer.FireAt)}",
        ExecutionCompletedEvent end => $"{end.EventId}: end as {end.OrchestrationStatus}",
        _ => $"{e.EventId}: {e.EventType}",
    };

    private static string Describe(P.OrchestratorAction action) => action switch
    {
        { ScheduleTask: { } task } => $"{action.Id}: call {task.Name}",
        { CreateTimer: { } timer } => $"{action.Id}: wait until {Text(timer.FireAt.ToDateTime())}",
        { CompleteOrchestration: { } end } => $"{action.Id}: end as {end.OrchestrationStatus}",
        _ => $"{action.Id}: {action.OrchestratorActionTypeCase}",
    };

    private static string Text(DateTime time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static string Lines(string[] deeds) => string.Join('\n', deeds.DefaultIfEmpty("nothing").Select(deed => $"    {deed}"));
}

/// <summary>An orchestrator no longer does what a history says.</summary>
internal sealed class ReplayException(string message) : Exception(message);
