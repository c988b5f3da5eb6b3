using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace Functions.Tests.Replay;

/// <summary>The history of an orchestration that does one thing after the other, as a host would keep it, played without one: hours pass at once.</summary>
internal static class PlayedHistory
{
    /// <summary>Plays an orchestration to its end.</summary>
    /// <param name="orchestrator">Its name.</param>
    /// <param name="id">The instance.</param>
    /// <param name="input">Its input.</param>
    /// <param name="answer">What an activity gives; what is thrown makes that attempt fail.</param>
    public static IReadOnlyList<HistoryEvent> Of(string orchestrator, string id, object input, Func<string, object> answer)
    {
        var seen = Orchestrators.Get(orchestrator, context => context);
        var now = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        List<HistoryEvent> past = [];
        HistoryEvent woken = new ExecutionStartedEvent(-1, IsolatedWorker.Converter.Serialize(input))
        {
            Name = orchestrator,
            OrchestrationInstance = new OrchestrationInstance { InstanceId = id, ExecutionId = "played" },
        };
        while (true)
        {
            HistoryEvent[] begin = [new OrchestratorStartedEvent(-1) { Timestamp = now }, woken];
            var deed = Assert.Single(HistoryReplay.Run(id, new RecordedTurn(past, begin), seen));
            past.AddRange(begin);
            (HistoryEvent done, woken, now) = deed switch
            {
                { ScheduleTask: { } task } => (new TaskScheduledEvent(deed.Id, task.Name), Answer(deed.Id, task.Name, answer), now),
                { CreateTimer: { } timer } => (
                    new TimerCreatedEvent(deed.Id, timer.FireAt.ToDateTime()),
                    new TimerFiredEvent(-1, timer.FireAt.ToDateTime()) { TimerId = deed.Id },
                    timer.FireAt.ToDateTime()),
                { CompleteOrchestration: { } end } => ((HistoryEvent)new ExecutionCompletedEvent(deed.Id, end.Result, OrchestrationStatus.Completed), woken, now),
                _ => throw new NotSupportedException($"Nobody plays {deed.OrchestratorActionTypeCase}."),
            };
            past.AddRange([done, new OrchestratorCompletedEvent(-1)]);
            if (done is ExecutionCompletedEvent)
                return past;
        }
    }

    private static HistoryEvent Answer(int task, string activity, Func<string, object> answer)
    {
        try
        {
            return new TaskCompletedEvent(-1, task, IsolatedWorker.Converter.Serialize(answer(activity)));
        }
        catch (Exception e)
        {
            return new TaskFailedEvent(-1, task, e.Message, null, new FailureDetails(e.GetType().FullName!, e.Message, null, null, isNonRetriable: false));
        }
    }
}
