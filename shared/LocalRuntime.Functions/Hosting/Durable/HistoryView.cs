using System.Text.Json.Nodes;
using LocalRuntime.Functions.Durable;

namespace LocalRuntime.Functions.Hosting;

/// <summary>A history as the management endpoint shows it: what ended, with when it was scheduled, rather than each event.</summary>
internal static class HistoryView
{
    public static JsonArray Of(IReadOnlyList<HistoryEvent> history, bool showOutput)
    {
        var scheduled = history.Where(e => e.IsAction && e.TaskId is not null).GroupBy(e => e.TaskId!.Value).ToDictionary(g => g.Key, g => g.Last());
        return [.. history.Select(e => Row(e, scheduled, showOutput)).Where(row => row is not null)];
    }

    private static JsonNode? Row(HistoryEvent happened, Dictionary<int, HistoryEvent> scheduled, bool showOutput)
    {
        if (TypeOf(happened) is not { } type)
            return null;
        var cause = happened.TaskId is { } id ? scheduled.GetValueOrDefault(id) : null;
        var row = new JsonObject
        {
            ["EventType"] = type,
            ["Timestamp"] = happened.Timestamp.UtcDateTime,
        };
        if ((happened.Name ?? cause?.Name) is { } name)
            row[happened.Kind == HistoryKind.EventRaised ? "Name" : "FunctionName"] = name;
        if (cause is not null)
            row["ScheduledTime"] = cause.Timestamp.UtcDateTime;
        if ((happened.FireAt ?? cause?.FireAt) is { } fireAt)
            row["FireAt"] = fireAt.UtcDateTime;
        if (happened.Failure is { } failure)
            row["Reason"] = $"{failure.ErrorType}: {failure.ErrorMessage}";
        if (showOutput && happened.Kind is not HistoryKind.ExecutionStarted)
            row["Result"] = InstanceView.Parse(happened.Payload);
        return row;
    }

    private static string? TypeOf(HistoryEvent happened) => happened.Kind switch
    {
        HistoryKind.ExecutionStarted or HistoryKind.TaskCompleted or HistoryKind.TaskFailed or HistoryKind.TimerFired or HistoryKind.EventRaised
            => happened.Kind.ToString(),
        HistoryKind.ExecutionEnded => "ExecutionCompleted",
        HistoryKind.SubOrchestrationCompleted => "SubOrchestrationInstanceCompleted",
        HistoryKind.SubOrchestrationFailed => "SubOrchestrationInstanceFailed",
        HistoryKind.Suspended => "ExecutionSuspended",
        HistoryKind.Resumed => "ExecutionResumed",
        _ => null,
    };
}
