using Radiomics.Dicom;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>Appending: each step once, in one chain, by however many writers, over segments, months and clocks.</summary>
[Collection(nameof(KeptCollection))]
public sealed class AuditTrailTests(AzuriteFixture azurite) : AuditTrailTest(azurite)
{
    [Fact]
    public async Task A_step_that_runs_twice_is_written_once()
    {
        var store = await Account.StoreAsync(Azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/ingest"));
        await trail.AppendAsync(Event("p-1/plan"));
        await Trail(store).AppendAsync(Event("p-1/ingest"));

        var verification = await trail.VerifyAsync(Center);
        Assert.True(verification.Intact);
        Assert.Equal(2, verification.Events);
    }

    [Fact]
    public async Task An_event_that_is_too_long_is_refused_and_the_chain_goes_on()
    {
        var store = await Account.StoreAsync(Azurite);
        var trail = Trail(store);
        await trail.AppendAsync(Event("p-1/plan"));
        var subjects = new Dictionary<string, string> { ["ids"] = new('0', 64 * 1024) };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => trail.AppendAsync(Event("p-1/ingest") with { Subjects = subjects }));
        Assert.Contains("65536 are the most", refused.Message, StringComparison.Ordinal);
        await trail.AppendAsync(Event("p-1/ingest") with { Subjects = new Dictionary<string, string> { ["ids"] = new('0', 60 * 1024) } });
        await Trail(store).AppendAsync(Event("p-1/publish"));
        var verification = await trail.VerifyAsync(Center);
        Assert.True(verification.Intact);
        Assert.Equal(3, verification.Events);
    }

    [Fact]
    public async Task A_study_of_very_many_sequences_is_one_event_all_the_same()
    {
        var trail = Trail(await Account.StoreAsync(Azurite));
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
        var request = new PredictionRequest { Id = "p-1", UploadId = "u", Center = Center, Actor = "test" };

        await new StepAudit(trail).IngestedAsync(request, manifest, new BlobReference("manifest.json", new string('b', 64)));
        Assert.Equal((true, 1), (await trail.VerifyAsync(Center)) is var verification ? (verification.Intact, (int)verification.Events) : default);
    }

    [Fact]
    public async Task Writers_at_the_same_time_never_fork_the_chain()
    {
        var store = await Account.StoreAsync(Azurite);
        var writers = Enumerable.Range(0, 4).Select(_ => Trail(store, segmentEvents: 7)).ToList();
        await Task.WhenAll(writers.SelectMany((trail, w) => Enumerable.Range(0, 6).Select(i => trail.AppendAsync(Event($"p-{w}/{i}")))));

        var verification = await Trail(store).VerifyAsync(Center);
        Assert.Null(verification.BrokenAt);
        Assert.Equal(24, verification.Events);
    }

    [Fact]
    public async Task A_full_segment_is_closed_and_the_next_goes_on_with_its_hash()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);

        Assert.Equal([Segment(1), Segment(2), Segment(3), $"{Center}/first.json"], await store.NamesAsync(Containers.Audit, Center + "/"));
        var verification = await Trail(store).VerifyAsync(Center);
        Assert.True(verification.Intact);
        Assert.Equal(7, verification.Events);
    }

    [Fact]
    public async Task A_step_repeated_across_a_segment_boundary_is_written_once()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 4, segmentEvents: 3);
        await Trail(store, 3).AppendAsync(Event("p-1/2"));

        Assert.Equal(4, (await Trail(store).VerifyAsync(Center)).Events);
    }

    [Fact]
    public async Task A_new_month_begins_a_segment_and_a_slow_clock_does_not_go_back()
    {
        var store = await Account.StoreAsync(Azurite);
        await Trail(store).AppendAsync(Event("p-1/a"));
        await Trail(store, time: new(2026, 12, 1, 0, 0, 1, TimeSpan.Zero)).AppendAsync(Event("p-1/b"));
        await Trail(store).AppendAsync(Event("p-1/c"));

        var lines = (await store.TextAsync(Containers.Audit, $"{Center}/2026-12-1.jsonl")).TrimEnd('\n').Split('\n').Select(line => AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line))!).ToList();
        Assert.Equal([1, 1], lines.Select(line => line.Time.Day));
        Assert.Equal([null, 23], lines.Select(line => line.Clock?.Day));
        Assert.True((await Trail(store).VerifyAsync(Center)).Intact);
    }

    [Fact]
    public async Task Hosts_either_side_of_a_months_end_begin_one_chain()
    {
        // The host in November has named the first segment and not written to it yet.
        var store = await Account.StoreAsync(Azurite);
        await Account.Unguarded(Azurite).PutAsync(Containers.Audit, $"{Center}/first.json", $$"""{"blob":"{{Segment(1)}}"}""");
        await Trail(store, time: new(2026, 12, 1, 0, 0, 1, TimeSpan.Zero)).AppendAsync(Event("p-1/a"));
        await Trail(store).AppendAsync(Event("p-1/b"));

        Assert.Equal([Segment(1), $"{Center}/first.json"], await store.NamesAsync(Containers.Audit, Center + "/"));
        Assert.True((await Trail(store).VerifyAsync(Center)).Intact);
    }

    [Fact]
    public async Task Who_comes_second_goes_on_though_the_policy_is_named_and_not_the_condition()
    {
        await Account.StoreAsync(Azurite);
        var others = Account.Unguarded(Azurite);
        List<string> created = [];
        var store = PolicyNaming.Store(Azurite.ConnectionString, async uri =>
        {
            created.Add(Path.GetFileName(uri.AbsolutePath));
            await (created[^1] == "first.json"
                ? others.PutAsync(Containers.Audit, $"{Center}/first.json", $$"""{"blob":"{{Segment(1)}}"}""")
                : others.AppendBlob(Containers.Audit, Segment(1)).CreateAsync());
        });

        await Trail(store).AppendAsync(Event("p-1/a"));

        Assert.Equal(["first.json", Path.GetFileName(Segment(1))], created);
        Assert.Equal((true, 1), ((await Trail(store).VerifyAsync(Center)).Intact, (await Trail(store).VerifyAsync(Center)).Events));
    }

    [Fact]
    public async Task A_step_repeated_far_behind_the_tail_repeats_its_event_and_leaves_the_chain_intact()
    {
        var store = await Account.StoreAsync(Azurite);
        await FillAsync(store, events: 7, segmentEvents: 3);
        await Trail(store, 3).AppendAsync(Event("p-1/0"));

        var verification = await Trail(store).VerifyAsync(Center);
        Assert.Null(verification.BrokenAt);
        Assert.Equal(8, verification.Events);
    }

    [Fact]
    public async Task A_process_signs_with_a_key_of_its_own_for_a_day()
    {
        var store = await Account.StoreAsync(Azurite);
        var clock = new DicomService.MovedClock();
        using var trail = new AuditTrail(store, Account.AuditKey, clock);
        await trail.AppendAsync(Event("p-1/a"));
        clock.Pass(12 * 3600);
        await trail.AppendAsync(Event("p-1/b"));
        clock.Pass(12 * 3600);
        await trail.AppendAsync(Event("p-1/c"));

        var signers = (await store.TextAsync(Containers.Audit, $"{Center}/2026-03-1.jsonl")).TrimEnd('\n').Split('\n').Select(line => AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line))!.Signer).ToList();
        Assert.Equal(signers[0], signers[1]);
        Assert.NotEqual(signers[1], signers[2]);
        Assert.True((await trail.VerifyAsync(Center)).Intact);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_while_an_event_is_written_leaves_none_outside_its_signers_time()
    {
        var store = await Account.StoreAsync(Azurite);
        var clock = new SetBackClock();
        using var trail = new AuditTrail(store, Account.AuditKey, clock);
        await trail.AppendAsync(Event("p-1/a"));
        clock.SetBackAfterNextLook = true;
        await trail.AppendAsync(Event("p-1/b"));

        Assert.False(clock.SetBackAfterNextLook);
        Assert.Equal(2, (await trail.VerifyAsync(Center)).Events);
        Assert.Null((await trail.VerifyAsync(Center)).BrokenAt);
    }

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
}
