using System.Net;
using System.Net.Http.Json;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;
using Radiomics;
using Radiomics.Cli.Local;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Faults;

/// <summary>What a schedule must not leave is found, where an account is whole but for that: otherwise a schedule that passes would show nothing.</summary>
public sealed class AftermathTests : IAsyncLifetime
{
    private readonly Mail _first = Zip("A", "one.zip", 1);
    private readonly Mail _second = Zip("B", "two.zip", 2);
    private readonly Instances _instances = new();
    private Azurite _azurite = null!;
    private HttpClient _http = null!;

    private IReadOnlyList<Mail> All => [_first, _second];

    private BlobServiceClient Blobs => StorageClients.Create(_azurite.ConnectionString);

    private QueueServiceClient Queues => StorageClients.CreateQueues(_azurite.ConnectionString);

    private Aftermath Aftermath => new(_azurite.ConnectionString, () => Task.FromResult(new Uri("http://host.example/")), _http);

    /// <summary>An account that both uploads have come through, with one prediction each.</summary>
    public async ValueTask InitializeAsync()
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, _ => { }, default);
        _azurite = await Azurite.StartAsync(script, Directory.CreateTempSubdirectory("radiomics-aftermath-").FullName, keep: false, default);
        _http = new HttpClient(_instances);
        var store = new BlobStore(Blobs);
        await store.EnsureContainersAsync();
        foreach (var mail in All)
        {
            _instances.States[mail.Id] = "Completed";
            await Published.WriteAsync(store, Failed(mail, "StudyHasNoRoi"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _azurite.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_is_wrong()
    {
        await WriteAsync(Containers.Uploads, "u.json", """{"files":[{"name":"1","eTag":"0x1"}]}""");
        var contents = await AccountContents.ReadAsync(Blobs);
        await WriteAsync(Containers.Uploads, "u.json", """{"files":[{"name":"1","eTag":"0x2"}]}""");

        Assert.Null(await Aftermath.UnfinishedAsync(All));
        Assert.Empty(await Aftermath.FaultsAsync(All));
        Assert.Empty(await Aftermath.OtherInstancesAsync(All));
        Assert.Equivalent((0, Array.Empty<string>()), await Aftermath.PoisonAsync(All));
        Assert.Empty(await Aftermath.AuditFaultsAsync());
        Assert.Empty(Aftermath.StepFaults(await Aftermath.AuditedAsync(All), [Step(_first), Step(_second)], mayHaveFailed: false));
        Assert.Empty((await AccountContents.ReadAsync(Blobs)).DifferencesFrom(contents));
    }

    [Fact]
    public async Task A_blob_that_is_spoiled_or_half_there_or_gone_or_too_many_is_named()
    {
        await WriteAsync(Containers.Features, "A/spoiled.json", "features");
        await WriteAsync(Containers.Uploads, "half.json", """{"files":[]}""");
        await WriteAsync(Containers.Studies, "A/gone", "a volume");
        var expected = await AccountContents.ReadAsync(Blobs);

        await WriteAsync(Containers.Features, "A/spoiled.json", "featuret");
        await WriteAsync(Containers.Uploads, "half.json", """{"file""");
        await Blobs.GetBlobContainerClient(Containers.Studies).DeleteBlobAsync("A/gone");
        await WriteAsync(Containers.Predictions, "A/by-id/second.json", "{}");

        Assert.Equal(
            [
                "features/A/spoiled.json has 8 bytes that aren't the 8 of the undisturbed run.", "predictions/A/by-id/second.json (2 bytes) is there and shouldn't be.",
                "studies/A/gone is missing.", "uploads/half.json has 6 bytes that aren't the 12 of the undisturbed run.",
            ],
            (await AccountContents.ReadAsync(Blobs)).DifferencesFrom(expected));
    }

    [Fact]
    public async Task An_upload_without_an_outcome_is_not_through_nor_one_whose_orchestration_goes_on_or_ended_with_a_fault_of_the_service()
    {
        _instances.States[_first.Id] = "Running";
        Assert.Equal("the orchestration of A/one.zip is Running", await Aftermath.UnfinishedAsync(All));
        _instances.States.Remove(_first.Id);
        Assert.Equal("the orchestration of A/one.zip is unknown", await Aftermath.UnfinishedAsync(All));

        _instances.States[_first.Id] = "Failed";
        await WriteAsync(Containers.Predictions, RecordOf(_first), BlobStore.Json(Failed(_first, PredictionError.InternalFault)).ToString());
        Assert.Equal("A/one.zip has no outcome", await Aftermath.UnfinishedAsync(All));
        Assert.Equal([_first], await Aftermath.FaultsAsync(All));

        await Blobs.GetBlobContainerClient(Containers.Predictions).DeleteBlobAsync(RecordOf(_first));
        Assert.Equal("A/one.zip has no outcome", await Aftermath.UnfinishedAsync(All));
        Assert.False(await Aftermath.AreFinalAsync(All));
        Assert.Contains("record missing", Assert.Single(await Aftermath.AuditFaultsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_waits_and_an_instance_of_nobody_s_are_found()
    {
        await SendAsync("radiomics-control-00", "left behind");
        _instances.States["p-nobody"] = "Completed";

        Assert.Equal("1 messages wait in radiomics-control-00", await Aftermath.UnfinishedAsync(All));
        Assert.Equal(["There is an instance p-nobody that no upload stands behind."], await Aftermath.OtherInstancesAsync(All));
    }

    [Fact]
    public async Task A_message_that_was_given_up_must_be_of_an_upload_that_has_its_outcome()
    {
        await SendAsync("webjobs-blobtrigger-poison", Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"BlobName":"{{_first.Announced}}"}""")));
        await SendAsync("webjobs-blobtrigger-poison", """{"BlobName":"A/unknown.zip"}""");
        var (explained, unexplained) = await Aftermath.PoisonAsync(All);
        Assert.Equal((1, """webjobs-blobtrigger-poison holds a message of nobody's: {"BlobName":"A/unknown.zip"}"""), (explained, Assert.Single(unexplained)));

        await Blobs.GetBlobContainerClient(Containers.Predictions).DeleteBlobAsync(RecordOf(_first));
        Assert.Equal(2, (await Aftermath.PoisonAsync(All)).Unexplained.Count);
    }

    [Fact]
    public async Task An_event_that_was_dropped_is_missed_by_the_verification_and_among_the_steps()
    {
        var trail = Blobs.GetBlobContainerClient(Containers.Audit);
        var segment = await trail.GetBlobsAsync(BlobTraits.None, BlobStates.None, "A/", default).Select(blob => blob.Name).SingleAsync(name => name.EndsWith(".jsonl", StringComparison.Ordinal));
        var lines = (await trail.GetBlobClient(segment).DownloadContentAsync()).Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await trail.DeleteBlobAsync(segment);
        await trail.GetAppendBlobClient(segment).CreateAsync();
        foreach (var line in lines.Where(line => !line.Contains(Step(_first), StringComparison.Ordinal)))
        {
            await trail.GetAppendBlobClient(segment).AppendBlockAsync(new MemoryStream(Encoding.UTF8.GetBytes($"{line}\n")));
        }

        Assert.Contains("A: BROKEN", Assert.Single(await Aftermath.AuditFaultsAsync()), StringComparison.Ordinal);
        Assert.Equal([$"{Step(_first)} isn't audited."], Aftermath.StepFaults(await Aftermath.AuditedAsync(All), [Step(_first), Step(_second)], mayHaveFailed: false));
    }

    [Fact]
    public void A_step_that_is_audited_twice_is_a_fault_and_so_is_one_too_many_unless_there_was_a_failure_before()
    {
        Assert.Equal(["a is audited 2 times.", "c is audited and shouldn't be."], Aftermath.StepFaults(["a", "a", "b", "c"], ["a", "b"], mayHaveFailed: false));
        Assert.Equal(["a is audited 2 times."], Aftermath.StepFaults(["a", "a", "b", "c"], ["a", "b"], mayHaveFailed: true));
    }

    private static Mail Zip(string center, string name, byte content) => new() { Center = center, Name = name, Kind = MailKind.Zip, Files = new Dictionary<string, byte[]> { [""] = [content] } };

    private static PredictionStatus Failed(Mail mail, string code) => new() { Id = mail.Id, Center = mail.Center, Status = PredictionState.Failed, Error = new PredictionError(code, "A sentence.") };

    private static string Step(Mail mail) => $"{mail.Id}/prediction-failed";

    private static string RecordOf(Mail mail) => $"{mail.Center}/by-id/{mail.Id}.json";

    private Task WriteAsync(string container, string name, string content) => Blobs.GetBlobContainerClient(container).GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true);

    private async Task SendAsync(string queue, string message)
    {
        await Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        await Queues.GetQueueClient(queue).SendMessageAsync(message);
    }

    /// <summary>What a host's management endpoint says of orchestrations.</summary>
    private sealed class Instances : HttpMessageHandler
    {
        public Dictionary<string, string> States { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var id = request.RequestUri!.Segments[^1];
            return Task.FromResult(
                id == "instances" ? new HttpResponseMessage { Content = JsonContent.Create(States.Keys.Select(instance => new { instanceId = instance })) }
                : States.TryGetValue(id, out var state) ? new HttpResponseMessage { Content = JsonContent.Create(new { runtimeStatus = state }) }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
