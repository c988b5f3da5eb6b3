using System.Text.Json;

namespace Benchmarks.Service;

/// <summary>Where a study's time went, in the order of its steps.</summary>
/// <param name="Steps">What each took, from the history: waiting for a free hand included.</param>
internal sealed record StudySteps(IReadOnlyList<StudyStep> Steps)
{
    /// <summary>Reads a history as the management endpoint gives it.</summary>
    /// <param name="run">The study.</param>
    /// <param name="history">Rows with <c>EventType</c>, <c>FunctionName</c>, <c>ScheduledTime</c> and <c>Timestamp</c>.</param>
    /// <param name="ran">How long functions ran, by the host.</param>
    public static StudySteps Of(StudyRun run, JsonElement history, IReadOnlyList<FunctionRun> ran)
    {
        var rows = history.EnumerateArray().ToArray();
        var started = TimeOf(rows.First(row => TypeOf(row) == "ExecutionStarted"), "Timestamp");
        var tasks = rows.Where(row => TypeOf(row) == "TaskCompleted")
            .GroupBy(row => row.GetProperty("FunctionName").GetString()!)
            .Select(group => (Name: group.Key, From: group.Min(row => TimeOf(row, "ScheduledTime")), To: group.Max(row => TimeOf(row, "Timestamp"))))
            .OrderBy(task => task.From)
            .ToArray();

        List<StudyStep> steps = [new("received, stored, started", started - run.Sent, Ran("PostPrediction")), new("first turn", tasks[0].From - started, null)];
        foreach (var task in tasks[..^1])
        {
            steps.Add(new(task.Name, task.To - task.From, Ran(task.Name)));
        }

        steps.Add(new("turns between", TimeSpan.FromTicks(tasks.Zip(tasks.Skip(1), (task, next) => (next.From - task.To).Ticks).Sum()), null));
        steps.Add(new($"{tasks[^1].Name}, until seen", run.Sent + run.Total - tasks[^1].From, Ran(tasks[^1].Name)));
        return new(steps);

        TimeSpan? Ran(string function) => TimeSpan.FromTicks(ran.Where(one => one.Function == function).Sum(one => one.Duration.Ticks));
    }

    private static string TypeOf(JsonElement row) => row.GetProperty("EventType").GetString()!;

    private static DateTime TimeOf(JsonElement row, string property) => row.GetProperty(property).GetDateTime().ToUniversalTime();
}

/// <summary>A step of a study.</summary>
/// <param name="Name">Its name; where several ran side by side, of all of them.</param>
/// <param name="Wall">From scheduling the first to the end of the last.</param>
/// <param name="Ran">For how long functions ran, added up; null where none did.</param>
internal sealed record StudyStep(string Name, TimeSpan Wall, TimeSpan? Ran);
