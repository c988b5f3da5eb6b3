using System.Text.Json;

namespace EndToEnd.Tests.Kills;

/// <summary>What happened to an orchestration, in the order of time.</summary>
/// <param name="Events">Moments with a word or two: <c>IngestStudy scheduled</c>, <c>IngestStudy completed</c>, <c>ExecutionCompleted</c>.</param>
/// <param name="Completed">The activities of which there is a result, sorted; one name for each result.</param>
internal sealed record StudyHistory(IReadOnlyList<(DateTimeOffset At, string What)> Events, IReadOnlyList<string> Completed)
{
    /// <summary>What an undisturbed study completes, sorted.</summary>
    public static IReadOnlyList<string> Activities { get; } =
        ["ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "ExtractFeatures", "IngestStudy", "PlanPrediction", "Predict", "PublishPrediction", "TakeTurn"];

    /// <summary>Reads it from what the management endpoint tells with <c>showHistory</c>.</summary>
    public static StudyHistory Of(JsonElement instance)
    {
        var events = new List<(DateTimeOffset At, string What)>();
        var completed = new List<string>();
        // Just started, it has no history yet.
        foreach (var e in instance.TryGetProperty("historyEvents", out var history) ? history.EnumerateArray() : default)
        {
            var (type, name) = (Text(e, "eventType")!, Text(e, "functionName") ?? Text(e, "name"));
            switch (type)
            {
                case "TaskScheduled":
                    events.Add((Time(e, "timestamp"), $"{name} scheduled"));
                    break;
                case "TaskCompleted":
                    // The endpoint tells a task's scheduling with its result, as one event.
                    events.Add((Time(e, "scheduledTime"), $"{name} scheduled"));
                    events.Add((Time(e, "timestamp"), $"{name} completed"));
                    completed.Add(name!);
                    break;
                default:
                    events.Add((Time(e, "timestamp"), type));
                    break;
            }
        }

        return new StudyHistory([.. events.OrderBy(e => e.At)], [.. completed.Order(StringComparer.Ordinal)]);
    }

    /// <summary>When it first happened, if it has.</summary>
    public DateTimeOffset? At(string what) => Events.Where(e => e.What == what).Select(e => (DateTimeOffset?)e.At).FirstOrDefault();

    /// <summary>When an activity was first scheduled.</summary>
    public DateTimeOffset? Scheduled(string activity) => At($"{activity} scheduled");

    private static DateTimeOffset Time(JsonElement e, string property) => DateTimeOffset.Parse(Text(e, property)!, System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(JsonElement element, string property) =>
        element.EnumerateObject().FirstOrDefault(p => p.Name.Equals(property, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
