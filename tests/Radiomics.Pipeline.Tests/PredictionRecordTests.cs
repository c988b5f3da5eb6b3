
namespace Radiomics.Pipeline.Tests;

public sealed class PredictionRecordTests(AzuriteFixture azurite)
{
    private readonly string _center = Account.NewCenter();
    private readonly string _id = PredictionId.OfUpload(Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_final_record_stays()
    {
        var predictions = new PredictionStore(await Account.StoreAsync(azurite));
        var first = await predictions.SaveAsync(Failed("NotAZip"), _ => Task.CompletedTask);
        Assert.Equal(first, await predictions.SaveAsync(Failed("NoDicom"), _ => Task.CompletedTask));
        Assert.Equal("NotAZip", (await predictions.TryGetAsync(_center, _id))!.Error!.Code);
    }

    [Fact]
    public async Task The_reports_beside_a_record_are_of_the_run_that_wrote_it()
    {
        var store = await Account.StoreAsync(azurite);
        var predictions = new PredictionStore(store);
        await Assert.ThrowsAsync<TimeoutException>(() => predictions.SaveAsync(Failed("NoDicom"), _ => throw new TimeoutException(), [Report("of a run that failed")]));

        await predictions.SaveAsync(Failed("NoDicom"), _ => Task.CompletedTask, [Report("of the run that counts")]);

        Assert.Equal("of the run that counts", await store.TextAsync(Containers.Predictions, $"{_center}/by-id/{_id}.html"));

        static ReportFile Report(string text) => new(".html", "text/html", new BinaryData(text));
    }

    [Fact]
    public async Task A_record_that_is_not_written_is_not_audited()
    {
        var predictions = new PredictionStore(await Account.StoreAsync(azurite));
        List<BlobReference> audited = [];
        Task Audit(BlobReference record)
        {
            audited.Add(record);
            return Task.CompletedTask;
        }

        var fault = await predictions.SaveAsync(Failed(PredictionError.InternalFault), Audit);
        var other = Failed(PredictionError.InternalFault) with { Sequences = new Dictionary<string, SequenceState> { ["T1_F"] = SequenceState.Done } };
        Assert.Equal(fault, await predictions.SaveAsync(other, Audit));
        var settled = await predictions.SaveAsync(Failed("NotAZip"), Audit);
        Assert.Equal(settled, await predictions.SaveAsync(Failed("NoDicom"), Audit));
        Assert.Equal([fault, fault, settled], audited);
    }

    [Fact]
    public async Task A_fault_of_the_service_gives_way_to_what_a_later_run_finds()
    {
        var predictions = new PredictionStore(await Account.StoreAsync(azurite));
        await predictions.SaveAsync(Failed(PredictionError.InternalFault), _ => Task.CompletedTask);
        await predictions.SaveAsync(Failed("NoDicom"), _ => Task.CompletedTask);
        Assert.Equal("NoDicom", (await predictions.TryGetAsync(_center, _id))!.Error!.Code);
    }

    [Fact]
    public async Task What_could_not_be_used_is_kept_with_the_reason_under_no_name_of_its_own()
    {
        var store = await Account.StoreAsync(azurite);
        await store.PutAsync(Containers.Incoming, $"{_center}/Doe Jane.zip", "no zip");
        var upload = (await new UploadDoor(store, new UploadStore(store)).ReceiveAsync(new UploadName(_center, "Doe Jane.zip", UploadKind.Zip)))!;
        var request = new PredictionRequest { Id = _id, UploadId = upload.UploadId, Center = _center, Actor = "test" };
        await new QuarantineStore(store).KeepAsync(request, upload, new PredictionError("NoDicom", "It has none."));

        var folder = $"{_center}/{upload.UploadId}";
        Assert.Equal([$"{folder}/reason.json", $"{folder}/upload.zip"], await store.NamesAsync(Containers.Quarantine, _center));
        Assert.Equal("no zip", await store.TextAsync(Containers.Quarantine, $"{folder}/upload.zip"));
        Assert.Contains("\"code\":\"NoDicom\"", await store.TextAsync(Containers.Quarantine, $"{folder}/reason.json"), StringComparison.Ordinal);
        Assert.Equal("no zip", await store.TextAsync(Containers.Incoming, $"{_center}/Doe Jane.zip"));
    }

    [Fact]
    public async Task What_came_by_http_and_could_not_be_used_is_not_stored_twice()
    {
        var store = await Account.StoreAsync(azurite);
        var file = new FileInfo(Path.GetTempFileName());
        try
        {
            await File.WriteAllTextAsync(file.FullName, "no zip");
            var sha256 = Digest.Of(new BinaryData("no zip"));
            var upload = await new UploadDoor(store, new UploadStore(store)).ReceiveAsync(_center, file, sha256);
            var request = new PredictionRequest { Id = _id, UploadId = upload.UploadId, Center = _center, Actor = "test" };
            await new QuarantineStore(store).KeepAsync(request, upload, new PredictionError("NotAZip", "It is not."));

            Assert.Equal([$"{_center}/{upload.UploadId}/reason.json"], await store.NamesAsync(Containers.Quarantine, _center));
            Assert.Equal("no zip", await store.TextAsync(Containers.Requests, $"{_center}/{upload.UploadId}.zip"));
        }
        finally
        {
            file.Delete();
        }
    }

    [Fact]
    public async Task A_model_that_the_profile_has_outgrown_is_a_fault_of_the_service_and_gives_way()
    {
        var predictions = new PredictionStore(await Account.StoreAsync(azurite));
        await predictions.SaveAsync(Failed("ModelDoesNotFitProfile"), _ => Task.CompletedTask);
        await predictions.SaveAsync(Failed("NoDicom"), _ => Task.CompletedTask);
        Assert.Equal("NoDicom", (await predictions.TryGetAsync(_center, _id))!.Error!.Code);
    }

    private PredictionStatus Failed(string code) =>
        new() { Id = _id, Center = _center, Status = PredictionState.Failed, Error = new PredictionError(code, "A sentence.") };
}
