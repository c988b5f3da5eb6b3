using Radiomics.Dicom;
using Radiomics.Pipeline.Tests.Audit;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests;

[Collection(nameof(KeptCollection))]
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

        var lines = (await store.TextAsync(Containers.Audit, $"{_center}/2026-12-1.jsonl")).TrimEnd('\n').Split('\n').Select(line => AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line))!).ToList();
        Assert.Equal([1, 1], lines.Select(line => line.Time.Day));
        Assert.Equal([null, 23], lines.Select(line => line.Clock?.Day));
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

        await BreaksAsync(store, Segment(1), 2, "event removed");
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
        var session = await Account.SessionAsync(store, clock: new FixedClock(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));
        await RewriteAsync(Segment(1), lines =>
        {
            var last = AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(lines[1]))!;
            var other = Event("p-1/0") with { Digests = new Dictionary<string, string> { ["record"] = "ab12" } };
            lines.Add(AuditLine.Create(other, last.Time, last, 3, session).ToString());
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
    public async Task A_head_of_an_earlier_version_counts_where_it_lies_and_what_it_tells_of_is_not_lost()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await MakeEarlierAsync(store);
        var head = await store.TextAsync(Containers.AuditHeads, $"{_center}/head.json");
        await store.Blob(Containers.AuditHeads, $"{_center}/head.json").DeleteAsync();
        await Account.Unguarded(azurite).PutAsync(Containers.Audit, $"{_center}/head.json", head);
        await RewriteAsync(Segment(1), lines => lines.RemoveAt(2));
        Assert.Contains((await Trail(store).VerifyAsync(_center)).Findings, finding => finding is { Reason: AuditReasons.TruncatedTail, Line: 3 });

        await Trail(store).MigrateAsync();
        await Trail(store).AppendAsync(Event("p-1/more"));

        Assert.Equal([$"{_center}/head.json"], await store.NamesAsync(Containers.AuditHeads, _center + "/"));
        await BreaksAsync(store, Segment(1), 3, AuditReasons.OtherThanAnchored);
    }

    [Fact]
    public async Task A_center_without_events_is_intact()
    {
        var verification = await Trail(await Account.StoreAsync(azurite)).VerifyAsync(_center);
        Assert.True(verification.Intact);
        Assert.Equal(0, verification.Events);
    }

    [Fact]
    public async Task The_first_event_and_those_that_end_something_are_anchored_at_once_and_the_others_when_asked()
    {
        var store = await Account.StoreAsync(azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/received") with { IsPassing = true });
        await trail.AppendAsync(Event("p-1/ingest") with { IsPassing = true });
        await trail.AppendAsync(Event("p-1/publish"));
        await trail.AppendAsync(Event("p-1/return") with { IsPassing = true });
        Assert.Equal([Anchor(1), Anchor(3)], await store.NamesAsync(Containers.AuditAnchors, _center + "/"));
        Assert.Equal((4, Anchor(3)), await HeadAsync(store));

        await Trail(store).AnchorAsync();
        await Trail(store).AnchorAsync();

        Assert.Equal([Anchor(1), Anchor(3), Anchor(4)], await store.NamesAsync(Containers.AuditAnchors, _center + "/"));
        Assert.Equal((4, Anchor(4)), await HeadAsync(store));
        var named = await Task.WhenAll(new[] { 1, 3, 4 }.Select(async line => (await store.TryReadJsonAsync<AuditHead>(Containers.AuditAnchors, Anchor(line)))!.Anchor ?? ""));
        Assert.Equal(["", Anchor(1), Anchor(3)], named);
        var verification = await Trail(store).VerifyAsync(_center);
        Assert.True(verification is { Intact: true, Anchors: 3 });
    }

    [Fact]
    public async Task A_step_that_died_before_its_end_was_anchored_anchors_it_when_it_runs_again()
    {
        var store = await Account.StoreAsync(azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/received") with { IsPassing = true });
        await trail.AppendAsync(Event("p-1/publish") with { IsPassing = true });

        await trail.AppendAsync(Event("p-1/publish"));
        await trail.AppendAsync(Event("p-1/publish"));

        Assert.Equal([Anchor(1), Anchor(2)], await store.NamesAsync(Containers.AuditAnchors, _center + "/"));
        Assert.True(await trail.VerifyAsync(_center) is { Intact: true, Events: 2 });
    }

    [Fact]
    public async Task What_a_process_that_died_left_without_anchor_or_head_is_no_tampering_and_is_anchored_when_the_next_starts()
    {
        var store = await Account.StoreAsync(azurite);
        await Trail(store).AppendAsync(Event("p-1/received"));
        var unguarded = Account.Unguarded(azurite);
        await unguarded.Blob(Containers.AuditAnchors, Anchor(1)).DeleteAsync();
        await unguarded.Blob(Containers.AuditHeads, $"{_center}/head.json").DeleteAsync();
        Assert.True((await Trail(store).VerifyAsync(_center)).Intact);

        await Trail(store).MigrateAsync();

        Assert.Equal((1, Anchor(1)), await HeadAsync(store));
        Assert.True(await Trail(store).VerifyAsync(_center) is { Intact: true, Anchors: 1 });
    }

    [Fact]
    public async Task A_head_with_nothing_in_it_keeps_nothing_from_being_appended_and_anchored()
    {
        var store = await Account.StoreAsync(azurite);
        await Trail(store).AppendAsync(Event("p-1/received"));
        foreach (var act in (Func<Task>[])[() => Trail(store).AnchorAsync(), () => Trail(store).MigrateAsync(), () => Trail(store).AppendAsync(Event("p-1/publish"))])
        {
            await store.PutAsync(Containers.AuditHeads, $"{_center}/head.json", "{}");
            await act();
        }

        Assert.Equal((2, Anchor(2)), await HeadAsync(store));
        Assert.True((await Trail(store).VerifyAsync(_center)).Intact);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_cut_off_before_they_were_anchored_are_found_though_the_service_went_on(bool sameProcess)
    {
        var store = await Account.StoreAsync(azurite);
        var trail = Trail(store);
        for (var i = 0; i < 4; i++)
            await trail.AppendAsync(Event($"p-1/{i}") with { IsPassing = true });
        await RewriteAsync(Segment(1), lines => lines.RemoveRange(2, 2));

        var next = sameProcess ? trail : Trail(store);
        for (var i = 4; i < 9; i++)
            await next.AppendAsync(Event($"p-1/{i}"));

        Assert.Equal(AuditReasons.OtherThanAnchored, (await trail.VerifyAsync(_center)).BrokenAt!.Reason);
    }

    [Fact]
    public async Task Events_cut_off_before_they_were_anchored_are_found_though_the_rest_was_anchored_since()
    {
        var store = await Account.StoreAsync(azurite);
        for (var i = 0; i < 4; i++)
            await Trail(store).AppendAsync(Event($"p-1/{i}") with { IsPassing = true });
        await RewriteAsync(Segment(1), lines => lines.RemoveRange(2, 2));

        await Trail(store).AnchorAsync();

        Assert.Equal(AuditReasons.AnchoredLineMissing, (await Trail(store).VerifyAsync(_center)).BrokenAt!.Reason);
    }

    [Fact]
    public async Task A_trail_of_an_earlier_version_is_signed_at_its_end_and_says_since_when()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await MakeEarlierAsync(store);
        Assert.Equal(AuditReasons.NeverSigned, (await Trail(store).VerifyAsync(_center)).BrokenAt!.Reason);

        await Trail(store).MigrateAsync();
        await Trail(store).MigrateAsync();
        await Trail(store).AppendAsync(Event("p-1/more"));

        var verification = await Trail(store).VerifyAsync(_center);
        Assert.Empty(verification.Findings);
        Assert.Equal((5, 3, 2), (verification.Events, verification.Unsigned, verification.Anchors));
        Assert.Equal(new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc), verification.SignedSince);

        await RewriteAsync(Segment(1), lines => lines[0] = Thief.Unsigned(AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(lines[0]))! with { Actor = "other" }).ToString());
        Assert.Equal(AuditReasons.ChainBroken, (await Trail(store).VerifyAsync(_center)).BrokenAt!.Reason);
    }

    [Fact]
    public async Task A_trail_that_has_anchors_and_no_signature_at_its_end_is_not_signed_after_the_fact()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 3, segmentEvents: 9);
        await MakeEarlierAsync(store, keepAnchors: true);

        await Trail(store).MigrateAsync();

        Assert.DoesNotContain("signing-begun", await store.TextAsync(Containers.Audit, Segment(1)), StringComparison.Ordinal);
        Assert.False((await Trail(store).VerifyAsync(_center)).Intact);
    }

    [Fact]
    public async Task A_chain_that_cannot_be_read_keeps_no_other_from_being_anchored()
    {
        var store = await Account.StoreAsync(azurite);
        await FillAsync(store, events: 2, segmentEvents: 9);
        await RewriteAsync(Segment(1), lines => lines.Add("{"), end: "");
        var other = Account.NewCenter() + "z";
        await Trail(store).AppendAsync(Event("p-1/a") with { Center = other });
        await Trail(store).AppendAsync(Event("p-1/b") with { Center = other, IsPassing = true });

        await Trail(store).AnchorAsync();

        Assert.Equal(2, (await store.NamesAsync(Containers.AuditAnchors, other + "/")).Count);
    }

    [Fact]
    public async Task A_process_signs_with_a_key_of_its_own_for_a_day()
    {
        var store = await Account.StoreAsync(azurite);
        var clock = new DicomService.MovedClock();
        using var trail = new AuditTrail(store, Account.AuditKey, clock);
        await trail.AppendAsync(Event("p-1/a"));
        clock.Pass(12 * 3600);
        await trail.AppendAsync(Event("p-1/b"));
        clock.Pass(12 * 3600);
        await trail.AppendAsync(Event("p-1/c"));

        var signers = (await store.TextAsync(Containers.Audit, $"{_center}/2026-03-1.jsonl")).TrimEnd('\n').Split('\n').Select(line => AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line))!.Signer).ToList();
        Assert.Equal(signers[0], signers[1]);
        Assert.NotEqual(signers[1], signers[2]);
        Assert.True((await trail.VerifyAsync(_center)).Intact);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_while_an_event_is_written_leaves_none_outside_its_signers_time()
    {
        var store = await Account.StoreAsync(azurite);
        var clock = new SetBackClock();
        using var trail = new AuditTrail(store, Account.AuditKey, clock);
        await trail.AppendAsync(Event("p-1/a"));
        clock.SetBackAfterNextLook = true;
        await trail.AppendAsync(Event("p-1/b"));

        Assert.False(clock.SetBackAfterNextLook);
        Assert.Equal(2, (await trail.VerifyAsync(_center)).Events);
        Assert.Null((await trail.VerifyAsync(_center)).BrokenAt);
    }

    // As versions before signatures left it: chained, with a head, and nothing else.
    private async Task MakeEarlierAsync(BlobStore store, bool keepAnchors = false)
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
        var unguarded = Account.Unguarded(azurite);
        await unguarded.PutAsync(Containers.AuditHeads, $"{_center}/head.json", $$"""{"blob":"{{Segment(1)}}","line":{{last!.Line}},"hash":"{{last.Hash}}"}""");
        foreach (var anchor in keepAnchors ? [] : await store.NamesAsync(Containers.AuditAnchors, _center + "/"))
            await unguarded.Blob(Containers.AuditAnchors, anchor).DeleteAsync();
    }

    private async Task<(int Line, string? Anchor)> HeadAsync(BlobStore store)
    {
        var head = (await AuditHead.ReadAsync(store, _center, default))!;
        return (head.Line, head.Anchor);
    }

    private string Anchor(int line) => $"{_center}/2026-11-000001-{line:D6}.json";

    private static AuditTrail Trail(BlobStore store, int segmentEvents = 40_000, DateTimeOffset? time = null) =>
        new(store, Account.AuditKey, new FixedClock(time ?? new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)), segmentEvents);

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
        Assert.Equal((blob, line, reason), (verification.BrokenAt!.Blob, verification.BrokenAt.Line, verification.BrokenAt.Reason));
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

    private sealed class SetBackClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

        public bool SetBackAfterNextLook { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            var now = _now;
            _now -= SetBackAfterNextLook ? TimeSpan.FromHours(1) : TimeSpan.Zero;
            SetBackAfterNextLook = false;
            return now;
        }
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
