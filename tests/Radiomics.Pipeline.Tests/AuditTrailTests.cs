using Radiomics.Dicom;

namespace Radiomics.Pipeline.Tests;

public sealed class AuditTrailTests(AzuriteFixture azurite)
{
    private readonly string _center = Account.NewCenter();

    [Fact]
    public async Task A_step_that_runs_twice_is_written_once()
    {
        var store = await Account.StoreAsync(azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/ingest"));
        await trail.AppendAsync(Event("p-1/plan"));
        await Trail(store).AppendAsync(Event("p-1/ingest"));

        var verification = await trail.VerifyAsync(_center);
        Assert.True(verification.Intact);
        Assert.Equal(2, verification.Events);
    }

    [Fact]
    public async Task An_event_that_is_too_long_is_refused_and_the_chain_goes_on()
    {
        var store = await Account.StoreAsync(azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/plan"));
        var subjects = new Dictionary<string, string> { ["ids"] = new('0', 64 * 1024) };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => trail.AppendAsync(Event("p-1/ingest") with { Subjects = subjects }));
        Assert.Contains("65536 are the most", refused.Message, StringComparison.Ordinal);
        await trail.AppendAsync(Event("p-1/ingest") with { Subjects = new Dictionary<string, string> { ["ids"] = new('0', 60 * 1024) } });
        await Trail(store).AppendAsync(Event("p-1/publish"));
        var verification = await trail.VerifyAsync(_center);
        Assert.True(verification.Intact);
        Assert.Equal(3, verification.Events);
    }

    [Fact]
    public async Task A_study_of_very_many_sequences_is_one_event_all_the_same()
    {
        var trail = Trail(await Account.StoreAsync(azurite));
        var file = new StoredFile("x.nii.gz", new string('a', 64));
        var manifest = new StudyManifest
        {
            StudyUid = "2.25.1",
            FieldStrength = "3.0T",
            MagneticFieldStrength = 3,
            Warnings = [],
            Sequences =
            [
                .. Enumerable.Range(0, 2000).Select(i => new ManifestSequence { Name = $"MR_{i}", SeriesUid = "2.25.2", Volume = file, Roi = file, Geometry = null!, Acquisition = null!, RoiSource = "SEG", RoiVolumeMl = 1 }),
            ],
        };
        var request = new PredictionRequest { Id = "p-1", UploadId = "u", Center = _center, Actor = "test" };

        await new StepAudit(trail).IngestedAsync(request, manifest, new BlobReference("manifest.json", new string('b', 64)));
        Assert.Equal((true, 1), (await trail.VerifyAsync(_center)) is var verification ? (verification.Intact, (int)verification.Events) : default);
    }

    [Fact]
    public async Task Writers_at_the_same_time_never_fork_the_chain()
    {
        var store = await Account.StoreAsync(azurite);
        var writers = Enumerable.Range(0, 4).Select(_ => Trail(store, segmentEvents: 7)).ToList();
        await Task.WhenAll(writers.SelectMany((trail, w) => Enumerable.Range(0, 6).Select(i => trail.AppendAsync(Event($"p-{w}/{i}")))));

        var verification = await Trail(store).VerifyAsync(_center);
        Assert.Null(verification.BrokenAt);
        Assert.Equal(24, verification.Events);
    }

    [Fact]
    public async Task A_full_segment_is_closed_and_the_next_goes_on_with_its_hash()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);

        Assert.Equal([Segment(1), Segment(2), Segment(3), $"{_center}/first.json"], await store.NamesAsync(Containers.Audit, _center + "/"));
        var verification = await Trail(store).VerifyAsync(_center);
        Assert.True(verification.Intact);
        Assert.Equal(7, verification.Events);
    }

    [Fact]
    public async Task A_step_repeated_across_a_segment_boundary_is_written_once()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 4, segmentEvents: 3);
        await Trail(store, 3).AppendAsync(Event("p-1/2"));

        Assert.Equal(4, (await Trail(store).VerifyAsync(_center)).Events);
    }

    [Fact]
    public async Task A_new_month_begins_a_segment_and_a_slow_clock_does_not_go_back()
    {
        var store = await Account.StoreAsync(azurite);
        await Trail(store).AppendAsync(Event("p-1/a"));
        await Trail(store, time: new(2026, 12, 1, 0, 0, 1, TimeSpan.Zero)).AppendAsync(Event("p-1/b"));
        await Trail(store).AppendAsync(Event("p-1/c"));

        Assert.Equal(2, (await store.TextAsync(Containers.Audit, $"{_center}/2026-12-1.jsonl")).Count(c => c == '\n'));
        Assert.True((await Trail(store).VerifyAsync(_center)).Intact);
    }

    [Fact]
    public async Task Hosts_either_side_of_a_months_end_begin_one_chain()
    {
        // The host in November has named the first segment and not written to it yet.
        var store = await Account.StoreAsync(azurite);
        await Account.Unguarded(azurite).PutAsync(Containers.Audit, $"{_center}/first.json", $$"""{"blob":"{{Segment(1)}}"}""");
        await Trail(store, time: new(2026, 12, 1, 0, 0, 1, TimeSpan.Zero)).AppendAsync(Event("p-1/a"));
        await Trail(store).AppendAsync(Event("p-1/b"));

        Assert.Equal([Segment(1), $"{_center}/first.json"], await store.NamesAsync(Containers.Audit, _center + "/"));
        Assert.True((await Trail(store).VerifyAsync(_center)).Intact);
    }

    [Fact]
    public async Task Who_comes_second_goes_on_though_the_policy_is_named_and_not_the_condition()
    {
        await Account.StoreAsync(azurite);
        var others = Account.Unguarded(azurite);
        List<string> created = [];
        var store = PolicyNaming.Store(azurite.ConnectionString, async uri =>
        {
            created.Add(Path.GetFileName(uri.AbsolutePath));
            await (created[^1] == "first.json"
                ? others.PutAsync(Containers.Audit, $"{_center}/first.json", $$"""{"blob":"{{Segment(1)}}"}""")
                : others.AppendBlob(Containers.Audit, Segment(1)).CreateAsync());
        });

        await Trail(store).AppendAsync(Event("p-1/a"));

        Assert.Equal(["first.json", Path.GetFileName(Segment(1))], created);
        Assert.Equal((true, 1), ((await Trail(store).VerifyAsync(_center)).Intact, (await Trail(store).VerifyAsync(_center)).Events));
    }

    [Fact]
    public async Task A_changed_event_is_found()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines[1] = lines[1].Replace("tested", "testet", StringComparison.Ordinal));

        await BreaksAsync(store, Segment(1), 2, "hash mismatch");
    }

    [Fact]
    public async Task An_event_taken_out_is_found()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.RemoveAt(1));

        await BreaksAsync(store, Segment(1), 2, "chain broken");
    }

    [Fact]
    public async Task A_missing_segment_is_found()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Account.Unguarded(azurite).Blob(Containers.Audit, Segment(2)).DeleteAsync();

        await BreaksAsync(store, Segment(2), 1, "missing segment");
    }

    [Fact]
    public async Task A_missing_first_segment_is_found()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Account.Unguarded(azurite).Blob(Containers.Audit, Segment(1)).DeleteAsync();

        await BreaksAsync(store, Segment(2), 1, "missing segment");
    }

    [Fact]
    public async Task A_missing_last_segment_is_found()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Account.Unguarded(azurite).Blob(Containers.Audit, Segment(3)).DeleteAsync();

        await BreaksAsync(store, Segment(3), 1, "missing segment");
    }

    [Fact]
    public async Task Events_cut_off_the_end_are_found()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.RemoveAt(2));

        await BreaksAsync(store, Segment(1), 3, "truncated tail");
    }

    [Fact]
    public async Task A_half_written_event_is_found_and_nothing_is_appended_to_it()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.Add("{\"line\":3"), end: "");

        await BreaksAsync(store, Segment(1), 3, "truncated tail");
        await Assert.ThrowsAsync<InvalidDataException>(() => Trail(store).AppendAsync(Event("p-1/more")));
    }

    [Fact]
    public async Task A_step_repeated_far_behind_the_tail_repeats_its_event_and_leaves_the_chain_intact()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Trail(store, 3).AppendAsync(Event("p-1/0"));

        var verification = await Trail(store).VerifyAsync(_center);
        Assert.Null(verification.BrokenAt);
        Assert.Equal(8, verification.Events);
    }

    [Fact]
    public async Task Another_event_under_a_known_id_is_found()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines =>
        {
            var last = AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(lines[1]))!;
            var other = Event("p-1/0") with { Digests = new Dictionary<string, string> { ["record"] = "ab12" } };
            lines.Add(AuditLine.Create(other, last.Time, 3, last.Hash!).ToString());
        });

        await BreaksAsync(store, Segment(1), 3, "duplicate id");
    }

    [Fact]
    public async Task The_head_lies_apart_from_what_is_never_overwritten()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);

        Assert.Equal([$"{_center}/head.json"], await store.NamesAsync(Containers.AuditHeads, _center + "/"));
        Assert.Equal(2, (await AuditHead.ReadAsync(store, _center, default))!.Line);
    }

    [Fact]
    public async Task A_head_of_an_earlier_version_counts_where_it_lies_and_is_copied_once()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        var head = await store.TextAsync(Containers.AuditHeads, $"{_center}/head.json");
        await store.Blob(Containers.AuditHeads, $"{_center}/head.json").DeleteAsync();
        await Account.Unguarded(azurite).PutAsync(Containers.Audit, $"{_center}/head.json", head);
        await RewriteAsync(Segment(1), lines => lines.RemoveAt(2));

        await BreaksAsync(store, Segment(1), 3, "truncated tail");
        await Trail(store).MigrateAsync();
        Assert.Equal(head, await store.TextAsync(Containers.AuditHeads, $"{_center}/head.json"));
        await BreaksAsync(store, Segment(1), 3, "truncated tail");

        await store.PutAsync(Containers.AuditHeads, $"{_center}/head.json", "newer");
        await Trail(store).MigrateAsync();
        Assert.Equal("newer", await store.TextAsync(Containers.AuditHeads, $"{_center}/head.json"));
    }

    [Fact]
    public async Task A_center_without_events_is_intact()
    {
        var verification = await Trail(await Account.StoreAsync(azurite)).VerifyAsync(_center);
        Assert.True(verification.Intact);
        Assert.Equal(0, verification.Events);
    }

    private static AuditTrail Trail(BlobStore store, int segmentEvents = 40_000, DateTimeOffset? time = null) =>
        new(store, new FixedClock(time ?? new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)), segmentEvents);

    private async Task FillAsync(BlobStore store, int events, int segmentEvents)
    {
        var trail = Trail(store, segmentEvents);
        for (var i = 0; i < events; i++)
            await trail.AppendAsync(Event($"p-1/{i}"));
    }

    private async Task BreaksAsync(BlobStore store, string blob, int line, string reason)
    {
        var verification = await Trail(store).VerifyAsync(_center);
        Assert.False(verification.Intact);
        Assert.Equal(new AuditBreak(blob, line, reason), verification.BrokenAt);
    }

    private async Task RewriteAsync(string blob, Action<List<string>> change, string end = "\n")
    {
        var store = Account.Unguarded(azurite);
        var lines = (await store.TextAsync(Containers.Audit, blob)).TrimEnd('\n').Split('\n').ToList();
        change(lines);
        var target = store.AppendBlob(Containers.Audit, blob);
        await target.CreateAsync();
        await target.AppendBlockAsync(new BinaryData(string.Join('\n', lines) + end).ToStream());
    }

    private string Segment(int number) => $"{_center}/2026-11-{number}.jsonl";

    private AuditEvent Event(string id) => new() { Id = id, Center = _center, Actor = "test", Action = "tested" };

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
