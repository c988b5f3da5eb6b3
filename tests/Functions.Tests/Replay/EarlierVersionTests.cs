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
}
