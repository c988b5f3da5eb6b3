using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline.Tests.Retention;

[Collection(nameof(KeptCollection))]
public sealed class RetentionTests(AzuriteFixture azurite)
{
    private const string Study = "2.25.4711";

    [Fact]
    public async Task New_periods_only_count_at_first_and_delete_the_next_night_with_an_event_that_says_what()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        var upload = await center.UploadAsync("Doe^Jane.zip");
        center.PassDays(31);

        var first = await center.RunAsync();
        var again = await center.RunAsync();
        Assert.Equal((false, 1, false), (first.Deleted, first.Things["Incoming"], again.Deleted));
        Assert.Single(await center.NamesAsync(Containers.Incoming));
        var counted = Assert.Single(await center.EventsAsync("expired-counted"));
        Assert.Equal(("Incoming", "30", "1"), ((string?)counted["subjects"]!["period"], (string?)counted["subjects"]!["days"], (string?)counted["subjects"]!["count"]));

        center.PassDays(1);
        Assert.True((await center.RunAsync()).Deleted);
        Assert.Empty(await center.NamesAsync(Containers.Incoming));
        var deleted = Assert.Single(await center.EventsAsync("expired-deleted"));
        Assert.Equal(upload.UploadId, (string?)deleted["subjects"]!["ids"]);
        Assert.DoesNotContain("Doe", deleted.ToJsonString(), StringComparison.Ordinal);
        Assert.True((await center.Get<AuditTrail>().VerifyAsync(center.Name)).Intact);
    }

    [Fact]
    public async Task What_is_young_and_what_has_no_period_stays()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Studies", 30), ("Features", 0));
        await center.PredictAsync(await center.UploadAsync("x.zip"), Study);
        center.PassDays(28);

        await center.TwoNightsAsync();
        Assert.Equal((1, 2, 1), await CountsAsync(center));
        center.PassDays(3);
        await center.RunAsync();
        Assert.Equal((0, 0, 1), await CountsAsync(center));

        static async Task<(int, int, int)> CountsAsync(KeptCenter center) =>
            ((await center.NamesAsync(Containers.Incoming)).Count, (await center.NamesAsync(Containers.Studies)).Count, (await center.NamesAsync(Containers.Features)).Count);
    }

    [Fact]
    public async Task A_closed_folder_goes_whole_and_what_completes_no_upload_has_a_period_of_its_own()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Junk", 7));
        await center.Store.EnsureContainersAsync();
        foreach (var name in new[] { "study/1.dcm", "study/below/2.dcm", "study/inner.zip", "study/_ready", "open/1.dcm", "note.txt" })
            await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/{name}", name);
        center.Histories.Begun.Add(PredictionId.OfUpload((await center.ReceiveAsync("study/_ready")).UploadId));
        center.PassDays(8);

        Assert.Equal(2, (await center.TwoNightsAsync()).Things["Junk"]);
        Assert.Equal(["study/1.dcm", "study/_ready", "study/below/2.dcm", "study/inner.zip"], (await center.NamesAsync(Containers.Incoming)).Select(name => name[(center.Name.Length + 1)..]));
        center.PassDays(30);
        Assert.Equal(1, (await center.RunAsync()).Things["Incoming"]);
        Assert.Empty(await center.NamesAsync(Containers.Incoming));
    }

    [Fact]
    public async Task What_the_audit_trail_names_as_kept_stays_until_it_is_released()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Uploads", 1), ("Studies", 1), ("Features", 1), ("Predictions", 1));
        var upload = await center.UploadAsync("held.zip");
        await center.PredictAsync(upload, Study);
        var other = await center.PredictAsync(await center.UploadAsync("other.zip"), "2.25.1");
        await center.Get<Holds>().PlaceAsync(center.Name, HeldThing.Parse(Study), "Dr. A", "a lawsuit", "test");
        center.PassDays(3);

        await center.TwoNightsAsync();
        Assert.Equal([$"{center.Name}/held.zip"], await center.NamesAsync(Containers.Incoming));
        foreach (var container in new[] { Containers.Studies, Containers.Features, Containers.Predictions })
        {
            Assert.NotEmpty(await center.NamesAsync(container));
            Assert.DoesNotContain(await center.NamesAsync(container), name => name.Contains("2.25.1/", StringComparison.Ordinal) || name.Contains(other.Id, StringComparison.Ordinal));
        }

        Assert.NotNull(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
        var hold = Assert.Single(await center.Get<Holds>().ListAsync(center.Name));
        Assert.Equal((Study, "Dr. A", "a lawsuit"), (hold.Thing.Id, hold.DecidedBy, hold.Reason));

        await center.Get<Holds>().ReleaseAsync(center.Name, hold.Thing, "Dr. B", "it is over", "test");
        Assert.Empty(await center.Get<Holds>().ListAsync(center.Name));
        await center.RunAsync();
        await center.RunAsync();
        foreach (var container in new[] { Containers.Incoming, Containers.Studies, Containers.Features, Containers.Predictions })
            Assert.Empty(await center.NamesAsync(container));
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
    }

    [Theory]
    [InlineData("prediction")]
    [InlineData("upload")]
    public async Task A_held_prediction_or_upload_keeps_what_it_was_made_of(string kind)
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Studies", 1), ("Predictions", 1));
        var upload = await center.UploadAsync("held.zip");
        var prediction = await center.PredictAsync(upload, Study);
        await center.Get<Holds>().PlaceAsync(center.Name, HeldThing.Parse(kind == "upload" ? upload.UploadId : prediction.Id), "Dr. A", "a lawsuit", "test");
        center.PassDays(3);

        await center.TwoNightsAsync();
        foreach (var container in new[] { Containers.Incoming, Containers.Studies, Containers.Predictions })
            Assert.NotEmpty(await center.NamesAsync(container));
    }

    [Fact]
    public async Task Only_what_is_held_can_be_released_and_only_things_with_ids_be_held()
    {
        using var center = new KeptCenter(azurite);
        var holds = center.Get<Holds>();

        Assert.Equal("HeldThingUnknown", Assert.Throws<RadiomicsException>(() => HeldThing.Parse("1.2.840.1")).Code);
        Assert.Equal("NotHeld", (await Assert.ThrowsAsync<RadiomicsException>(() => holds.ReleaseAsync(center.Name, HeldThing.Parse(Study), "Dr. A", "over", "test"))).Code);
        Assert.Equal("DecisionIncomplete", (await Assert.ThrowsAsync<RadiomicsException>(() => holds.PlaceAsync(center.Name, HeldThing.Parse(Study), "", "over", "test"))).Code);
    }

    [Fact]
    public async Task Studies_that_a_retraining_has_used_stay()
    {
        using var center = new KeptCenter(azurite, ("Studies", 1), ("Features", 1));
        await center.PredictAsync(await center.UploadAsync("learned.zip"), Study);
        await center.PredictAsync(await center.UploadAsync("other.zip"), "2.25.1");
        await center.Store.WriteJsonOnceAsync(Containers.Models, $"{center.Name}/retrainings/r-1/plan.json", Plan(center.Name, Study));
        center.PassDays(3);

        var report = await center.TwoNightsAsync();
        Assert.Equal((1, 1), (report.Things["Studies"], report.Things["Features"]));
        Assert.All(await center.NamesAsync(Containers.Studies), name => Assert.Contains(Study, name, StringComparison.Ordinal));
        Assert.All(await center.NamesAsync(Containers.Features), name => Assert.Contains(Study, name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_being_worked_on_stays()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Studies", 1));
        var upload = await center.UploadAsync("again.zip");
        await center.PredictAsync(upload, Study);
        center.Histories.Running.Add(new(PredictionId.OfUpload(upload.UploadId), upload.UploadId, [center.Name], DateTimeOffset.UtcNow));
        center.PassDays(3);

        await center.TwoNightsAsync();
        Assert.NotEmpty(await center.NamesAsync(Containers.Incoming));
        Assert.NotEmpty(await center.NamesAsync(Containers.Studies));
    }

    [Fact]
    public async Task A_prediction_goes_with_its_reports_and_its_history_and_is_another_run_if_it_comes_again()
    {
        using var center = new KeptCenter(azurite, ("Predictions", 365));
        var prediction = await center.PredictAsync(await center.UploadAsync("x.zip"), Study);
        Assert.Equal(3, (await center.NamesAsync(Containers.Predictions)).Count);
        Assert.Equal("", await center.Get<PurgedInstances>().NextRunAsync(prediction.Id, null));
        center.PassDays(366);

        await center.TwoNightsAsync();
        Assert.Empty(await center.NamesAsync(Containers.Predictions));
        Assert.Contains(prediction.Id, center.Histories.Deleted);
        Assert.NotEqual("", await center.Get<PurgedInstances>().NextRunAsync(prediction.Id, null));
    }

    [Fact]
    public async Task A_prediction_that_is_started_again_just_before_it_goes_stays_with_its_history()
    {
        using var center = new KeptCenter(azurite, ("Predictions", 365));
        var prediction = await center.PredictAsync(await center.UploadAsync("x.zip"), Study);
        center.PassDays(366);
        center.Histories.Deleting = id =>
        {
            center.Histories.Running.Add(new(id, null, [], center.Now));
            return Task.CompletedTask;
        };

        Assert.Equal(1, (await center.TwoNightsAsync()).Stayed);
        Assert.Equal(3, (await center.NamesAsync(Containers.Predictions)).Count);
        Assert.DoesNotContain(prediction.Id, center.Histories.Deleted);
        Assert.Single(await center.EventsAsync("expired-stayed"));
    }

    [Fact]
    public async Task A_receipt_stays_as_long_as_what_was_sent_and_what_points_to_it_goes_after_it()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Uploads", 1));
        var upload = await center.UploadAsync("Doe^Jane.zip");
        center.PassDays(3);
        await center.TwoNightsAsync();
        Assert.NotNull(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));

        center.PassDays(30);
        await center.RunAsync();
        await center.RunAsync();
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
    }

    [Fact]
    public async Task A_closed_stamp_goes_with_the_histories_of_its_waits_and_an_open_one_stays()
    {
        using var center = new KeptCenter(azurite, ("Arrivals", 30));
        await center.Store.EnsureContainersAsync();
        var (closed, open) = (new ArrivalKey(center.Name, "0123456789ab", "2.25.1"), new ArrivalKey(center.Name, "0123456789ab", "2.25.2"));
        await center.Get<ArrivalStore>().AdvanceAsync(closed, "1.2.3");
        await center.Get<ArrivalStore>().AdvanceAsync(open, "1.2.4");
        center.PassDays(1);
        await center.Get<ArrivalStore>().CloseIfQuietAsync(closed, 1, TimeSpan.FromMinutes(1));
        center.PassDays(40);

        await center.TwoNightsAsync();
        Assert.Equal([$"{center.Name}/0123456789ab/2.25.2.json"], await center.NamesAsync(Containers.Arrivals));
        Assert.Contains(ArrivalId.Of(closed, 1), center.Histories.Deleted);
        Assert.DoesNotContain(ArrivalId.Of(open, 1), center.Histories.Deleted);
    }

    [Fact]
    public async Task Requests_and_quarantine_and_histories_have_periods_of_their_own()
    {
        using var center = new KeptCenter(azurite, ("Requests", 1), ("Quarantine", 2), ("Histories", 3));
        await center.Store.EnsureContainersAsync();
        var (upload, ended) = (Digest.OfParts("x")[..32], PredictionId.OfUpload("x"));
        var (used, unusable) = ($"{center.Name}/{Digest.OfParts("y")[..32]}.zip", $"{center.Name}/{upload}.zip");
        await center.Store.PutAsync(Containers.Requests, used, "y");
        await center.Store.PutAsync(Containers.Requests, unusable, "x");
        await center.Store.PutAsync(Containers.Quarantine, $"{center.Name}/{upload}/upload.zip", "x");
        await center.Store.PutAsync(Containers.Quarantine, $"{center.Name}/{upload}/reason.json", "{}");
        center.Histories.Ended.Add(new(ended, center.Name, DateTimeOffset.UtcNow));
        center.PassDays(1.5);
        await center.TwoNightsAsync();
        Assert.Equal([unusable], await center.NamesAsync(Containers.Requests));
        Assert.Empty(center.Histories.Deleted);

        center.PassDays(2);
        await center.RunAsync();
        Assert.Empty(await center.NamesAsync(Containers.Quarantine));
        Assert.Equal([ended], center.Histories.Deleted);

        await center.RunAsync();
        Assert.Empty(await center.NamesAsync(Containers.Requests));
    }

    [Fact]
    public void Settings_that_cannot_be_are_named()
    {
        var unreadable = Assert.Throws<SettingsException>(() => new KeptCenter(azurite, ("Studies", -1), ("MaxThings", 1)));
        Assert.Equal(2, unreadable.Faults.Count);
        Assert.Single(unreadable.Faults, fault => fault.Name.EndsWith("__Studies", StringComparison.Ordinal) && fault.Sentence == "must be at least 0.");
        Assert.Single(unreadable.Faults, fault => fault.Name.EndsWith("__MaxThings", StringComparison.Ordinal) && fault.Sentence.StartsWith("is none of", StringComparison.Ordinal));

        var options = new RetentionOptions { Centers = new Dictionary<string, RetentionPeriods> { ["A"] = new(), ["Nowhere"] = new() } };
        Assert.Equal("Radiomics__Retention__Centers__Nowhere", Assert.Single(options.Check(["A"])).Name);
    }

    internal static PlanDocument Plan(string center, string study) => new()
    {
        ProfileSha256 = "0",
        SettingsHash = "0",
        EngineVersion = "1",
        LearningVersion = "1",
        Cohorts = [],
        Covariates = [],
        CovariateColumns = [],
        Groups =
        [
            new PlannedGroup
            {
                Center = center,
                FieldStrength = "3.0T",
                Trained = true,
                Sequences = ["T1_F"],
                Cases =
                [
                    new PlannedCase
                    {
                        Line = 2,
                        Case = new LearningCase { StudyUid = study, Patient = study, Label = true, Batch = "A/3.0T", Split = CohortSplit.Train },
                        Covariates = new Dictionary<string, double?>(),
                        Sequences = new Dictionary<string, PlannedSequence>(),
                    },
                ],
            },
        ],
        Extractions = [],
        Stability = [],
    };
}
