using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests.Retention;

[Collection(nameof(KeptCollection))]
public sealed class HoldTests(AzuriteFixture azurite)
{
    private readonly string _study = $"2.25.{Random.Shared.NextInt64(1, long.MaxValue)}";

    [Fact]
    public async Task A_hold_for_a_center_in_other_letters_or_on_what_is_not_there_is_refused()
    {
        using var center = new KeptCenter(azurite);
        await center.PredictAsync(await center.UploadAsync("x.zip"), _study);
        await center.Get<AuditTrail>().AppendAsync(new AuditEvent { Id = "a", Center = center.Name, Actor = "test", Action = "test" });

        Assert.Equal("UnknownCenter", await CodeAsync(center.Name.ToUpperInvariant(), _study));
        Assert.Equal("UnknownCenter", await CodeAsync("Typo" + center.Name, _study));
        Assert.Equal("HeldThingUnknown", await CodeAsync(center.Name, _study + "1"));
        Assert.Equal("HeldThingUnknown", await CodeAsync(center.Name, PredictionId.OfUpload("nowhere")));
        Assert.Equal("HeldThingUnknown", await CodeAsync(center.Name, Digest.OfParts("nowhere")[..32]));
        Assert.Empty(await center.Get<Holds>().ListAsync(center.Name));

        async Task<string> CodeAsync(string name, string id) =>
            (await Assert.ThrowsAsync<RadiomicsException>(() => center.Get<Holds>().PlaceAsync(name, HeldThing.Parse(id), "Dr. A", "a lawsuit", "test"))).Code;
    }

    [Fact]
    public async Task A_hold_that_an_earlier_version_took_for_a_mistyped_center_keeps_the_thing_all_the_same()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Studies", 1), ("Predictions", 1));
        await center.PredictAsync(await center.UploadAsync("x.zip"), _study);
        await center.Get<AuditTrail>().AppendAsync(new AuditEvent
        {
            Id = $"hold/{Guid.NewGuid():N}",
            Center = "Typo" + center.Name,
            Actor = "test",
            Action = "kept",
            Subjects = new Dictionary<string, string> { ["study"] = _study, ["decidedBy"] = "Dr. A", ["reason"] = "a lawsuit" },
        });
        center.PassDays(3);

        await center.TwoNightsAsync();
        foreach (var container in new[] { Containers.Incoming, Containers.Studies, Containers.Predictions })
            Assert.NotEmpty(await center.NamesAsync(container));
    }

    [Fact]
    public async Task A_held_prediction_keeps_its_history_and_a_held_study_its_stamps_and_the_histories_of_its_waits()
    {
        using var center = new KeptCenter(azurite, ("Histories", 1), ("Arrivals", 1));
        var prediction = await center.PredictAsync(await center.UploadAsync("x.zip"), _study);
        var arrival = new ArrivalKey(center.Name, "0123456789ab", _study);
        await center.Get<ArrivalStore>().AdvanceAsync(arrival, "1.2.3");
        center.PassDays(0.1);
        await center.Get<ArrivalStore>().CloseIfQuietAsync(arrival, 1, TimeSpan.FromMinutes(1));
        center.Histories.Ended.Add(new(prediction.Id, center.Name, center.Now));
        center.Histories.Ended.Add(new(ArrivalId.Of(arrival, 1), center.Name, center.Now, _study));
        await center.HoldAsync(_study);
        center.PassDays(3);

        await center.TwoNightsAsync();
        Assert.Empty(center.Histories.Deleted);
        Assert.NotEmpty(await center.NamesAsync(Containers.Arrivals));
    }

    [Fact]
    public async Task A_held_upload_keeps_what_was_made_of_it_under_an_idempotency_key()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Studies", 1), ("Features", 1), ("Predictions", 1));
        var upload = await center.UploadAsync("x.zip");
        var keyed = PredictionId.OfUpload("key");
        await center.PredictAsync(upload, _study, keyed);
        await center.Get<StepAudit>().UploadReceivedAsync(Request(center, keyed, upload), upload);
        await center.HoldAsync(upload.UploadId);
        center.PassDays(3);

        await center.TwoNightsAsync();
        foreach (var container in new[] { Containers.Incoming, Containers.Studies, Containers.Features, Containers.Predictions })
            Assert.NotEmpty(await center.NamesAsync(container));
    }

    [Theory]
    [InlineData("prediction", true)]
    [InlineData("prediction", false)]
    [InlineData("study", false)]
    public async Task What_is_held_of_a_prediction_that_failed_keeps_upload_and_quarantine(string kind, bool saysUpload)
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Quarantine", 1), ("Predictions", 1));
        var upload = await center.UploadAsync("x.zip");
        var request = Request(center, PredictionId.OfUpload("failed"), upload);
        var error = new PredictionError("NotAZip", "It is none.");
        await center.Get<QuarantineStore>().KeepAsync(request, upload, error);
        var status = new PredictionStatus { Id = request.Id, Center = center.Name, Status = PredictionState.Failed, Error = error, UploadId = saysUpload ? upload.UploadId : null };
        await center.Get<PredictionStore>().SaveAsync(status, _ => Task.CompletedTask);
        if (!saysUpload)
        {
            // The record is of an earlier version; the trail knows.
            await center.Get<StepAudit>().IngestedAsync(
                request,
                new() { StudyUid = _study, FieldStrength = "3.0T", MagneticFieldStrength = 3, Sequences = [], Warnings = [] },
                new BlobReference("manifest", "0"));
        }

        await center.HoldAsync(kind == "study" ? _study : request.Id);
        center.PassDays(3);

        await center.TwoNightsAsync();
        foreach (var container in new[] { Containers.Incoming, Containers.Quarantine, Containers.Predictions })
            Assert.NotEmpty(await center.NamesAsync(container));
    }

    [Fact]
    public async Task A_hold_that_is_placed_during_a_run_counts()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Studies", 1));
        await center.PredictAsync(await center.UploadAsync("x.zip"), _study);
        center.PassDays(3);
        Assert.False((await center.RunAsync()).Deleted);
        center.PassDays(1);
        center.Histories.Asked = time => time == 2 ? center.HoldAsync(_study) : Task.CompletedTask;

        Assert.True((await center.RunAsync()).Deleted);
        foreach (var container in new[] { Containers.Incoming, Containers.Studies })
            Assert.NotEmpty(await center.NamesAsync(container));
    }

    private static PredictionRequest Request(KeptCenter center, string id, UploadRecord upload) => new() { Id = id, UploadId = upload.UploadId, Center = center.Name, Actor = "test" };
}
