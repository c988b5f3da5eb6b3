namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>What tests of a trail have in common: a center of their own, and what its segments are made to hold.</summary>
public abstract class AuditTrailTest(AzuriteFixture azurite)
{
    protected string Center { get; } = Account.NewCenter();

    protected AzuriteFixture Azurite => azurite;

    // As versions before signatures left it: chained, with a head, and nothing else.
    protected async Task MakeEarlierAsync(BlobStore store, bool keepAnchors = false)
    {
        AuditLine? last = null;
        await RewriteAsync(Segment(1), lines =>
        {
            for (var i = 0; i < lines.Count; i++)
            {
                last = Thief.Unsigned(AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(lines[i]))! with { PreviousHash = last?.Hash ?? AuditLine.Genesis });
                lines[i] = last.ToString();
            }
        });
        var unguarded = Account.Unguarded(Azurite);
        await unguarded.PutAsync(Containers.AuditHeads, $"{Center}/head.json", $$"""{"blob":"{{Segment(1)}}","line":{{last!.Line}},"hash":"{{last.Hash}}"}""");
        foreach (var anchor in keepAnchors ? [] : await store.NamesAsync(Containers.AuditAnchors, Center + "/"))
            await unguarded.Blob(Containers.AuditAnchors, anchor).DeleteAsync();
    }

    protected async Task<(int Line, string? Anchor)> HeadAsync(BlobStore store)
    {
        var head = (await AuditHead.ReadAsync(store, Center, default))!;
        return (head.Line, head.Anchor);
    }

    protected string Anchor(int line) => $"{Center}/2026-11-000001-{line:D6}.json";

    protected static AuditTrail Trail(BlobStore store, int segmentEvents = 40_000, DateTimeOffset? time = null) =>
        new(store, Account.AuditKey, new FixedClock(time ?? new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)), segmentEvents);

    protected async Task FillAsync(BlobStore store, int events, int segmentEvents)
    {
        var trail = Trail(store, segmentEvents);
        for (var i = 0; i < events; i++)
            await trail.AppendAsync(Event($"p-1/{i}"));
    }

    protected async Task BreaksAsync(BlobStore store, string blob, int line, string reason)
    {
        var verification = await Trail(store).VerifyAsync(Center);
        Assert.False(verification.Intact);
        Assert.Equal((blob, line, reason), (verification.BrokenAt!.Blob, verification.BrokenAt.Line, verification.BrokenAt.Reason));
    }

    protected async Task RewriteAsync(string blob, Action<List<string>> change, string end = "\n")
    {
        var store = Account.Unguarded(Azurite);
        var lines = (await store.TextAsync(Containers.Audit, blob)).TrimEnd('\n').Split('\n').ToList();
        change(lines);
        var target = store.AppendBlob(Containers.Audit, blob);
        await target.CreateAsync();
        await target.AppendBlockAsync(new BinaryData(string.Join('\n', lines) + end).ToStream());
    }

    protected string Segment(int number) => $"{Center}/2026-11-{number}.jsonl";

    protected AuditEvent Event(string id) => new() { Id = id, Center = Center, Actor = "test", Action = "tested" };

    protected sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
