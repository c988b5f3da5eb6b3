using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// Replays an orchestration at every prefix of its history, as if the process had died after each entry: the code must do then what
/// it did, no more and nothing else.
/// </summary>
internal static class ReplayTester
{
    /// <summary>Replays the execution that a state holds.</summary>
    /// <returns>How many prefixes were replayed.</returns>
    /// <exception cref="NonDeterministicOrchestrationException">A replay did something else than the history says.</exception>
    public static int ReplayEveryPrefix(InstanceState state, IDurableFunctions functions, JsonSerializerOptions serializer)
    {
        var start = OrchestrationStart.Of(state);
        var history = state.History;
        var replayed = 0;
        var turn = 0;
        for (var end = 2; end <= history.Count; end++)
        {
            if (history[end - 1].Kind == HistoryKind.TurnStarted)
                turn = end - 1;
            var prefix = history.Skip(turn).Take(end - turn).Where(IsArrival).ToList();
            if (prefix.Count < 2)
                continue;
            var past = history.Take(turn).ToList();
            var result = OrchestrationExecutor.Run(start, past, prefix, functions, serializer, NullLoggerFactory.Instance);
            var isWholeTurn = !history.Skip(end).TakeWhile(entry => entry.Kind != HistoryKind.TurnStarted).Any(IsArrival);
            Compare(start.Name, history.Skip(turn), result, isWholeTurn);
            replayed++;
        }

        return replayed;
    }

    private static bool IsArrival(HistoryEvent entry) =>
        !entry.IsAction && entry.Kind is not (HistoryKind.TimerCancelled or HistoryKind.ExecutionEnded);

    private static void Compare(string orchestrator, IEnumerable<HistoryEvent> fromTurn, TurnResult result, bool isWholeTurn)
    {
        if (result.Failure?.ErrorType == typeof(NonDeterministicOrchestrationException).FullName)
            throw new NonDeterministicOrchestrationException(orchestrator, "what it holds", result.Failure!.ErrorMessage);
        var recorded = fromTurn.Skip(1).TakeWhile(entry => entry.Kind != HistoryKind.TurnStarted).Where(entry => entry.IsAction).ToList();
        var done = result.Actions.Where(action => action.IsAction).ToList();
        for (var i = 0; i < done.Count; i++)
        {
            if (i >= recorded.Count || !IsSame(recorded[i], done[i]))
                throw new NonDeterministicOrchestrationException(
                    orchestrator, i < recorded.Count ? recorded[i].Describe() : "nothing", done[i].Describe());
        }

        if (isWholeTurn && done.Count < recorded.Count)
            throw new NonDeterministicOrchestrationException(orchestrator, recorded[done.Count].Describe(), "nothing");
    }

    private static bool IsSame(HistoryEvent a, HistoryEvent b) =>
        (a.Kind, a.TaskId, a.Name, a.InstanceId, a.Payload, a.FireAt) == (b.Kind, b.TaskId, b.Name, b.InstanceId, b.Payload, b.FireAt);
}
