using System.Text.Json.Nodes;

namespace Functions.Tests.Replay;

/// <summary>
/// Instances that an earlier version began must come to their end with this one: what it recorded of them, by orchestration and course, still replays.
/// A file may go when no instance of its version can be running any more; <see cref="RecordedHistory.KeepAs"/> makes those of a new one.
/// </summary>
public sealed class EarlierVersionTests
{
    public static TheoryData<string> Recorded => [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Replay", "Histories");

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task What_an_earlier_version_recorded_replays(string file) =>
        HistoryReplay.EveryTurn(RecordedHistory.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, file))));

    /// <summary>Such a history begins in the turn that ended the one before: it says that its first turn is over, and then what that did.</summary>
    [Fact]
    public async Task A_history_that_another_one_went_on_in_replays()
    {
        var events = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "AwaitStudy.predicted.json")))!.AsArray();
        var over = events.First(e => (string?)e!["EventType"] == "OrchestratorCompleted")!.DeepClone();
        events.Insert(events.TakeWhile(e => (string?)e!["EventType"] != "ExecutionStarted").Count() + 1, over);

        HistoryReplay.EveryTurn(RecordedHistory.Parse(events.ToJsonString()));
    }
}
