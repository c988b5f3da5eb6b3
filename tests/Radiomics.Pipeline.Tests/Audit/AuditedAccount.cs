using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>
/// A storage account of its own with the trails that the product wrote of a few days at two centers: predictions that succeeded, failed, expired and were made again after a fault, what
/// was read, and a key. Whatever a test does to it, the next one finds it as it was.
/// </summary>
public sealed class AuditedAccount : IAsyncLifetime
{
    private const int SegmentEvents = 8;

    private readonly AzuriteFixture _azurite = new();
    private readonly TickingClock _clock = new();
    private Dictionary<(string Container, string Name), byte[]> _truth = [];

    /// <summary>The account, as somebody has it who may do anything in it.</summary>
    internal BlobStore Store { get; private set; } = null!;

    /// <summary>The service's key.</summary>
    internal LocalAuditKey Key { get; } = LocalAuditKey.Create();

    /// <summary>A time well after everything.</summary>
    internal TimeProvider Later { get; private set; } = null!;

    /// <summary>The newest record of center A that succeeded, and one that failed before it was made again.</summary>
    internal string Succeeded { get; private set; } = "";

    internal string Remade { get; private set; } = "";

    /// <summary>The record of <see cref="Remade"/> that told of a fault.</summary>
    internal byte[] Fault { get; private set; } = [];

    internal string ConnectionString => _azurite.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        Store = new BlobStore(StorageClients.Create(_azurite.ConnectionString));

        // Written through the guard: nothing of all this overwrites an event or an anchor.
        var guarded = new BlobStore(AuditGuard.Client(_azurite.ConnectionString));
        await WriteAsync(guarded);
        Later = new TickingClock();
        ((TickingClock)Later).Pass(TimeSpan.FromDays(30));
        _truth = await SnapshotAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Key.Dispose();
        await _azurite.DisposeAsync();
    }

    /// <summary>What <c>radiomics audit verify --all</c> finds.</summary>
    internal async Task<List<AuditVerification>> VerifyAsync(AuditTrust? trust = null, IReadOnlyList<NotedHead>? noted = null, BlobStore? second = null)
    {
        var inspection = new AuditInspection(Store, trust ?? await AuditTrust.OfAsync(Key)) { Noted = noted ?? [], SecondAccount = second, Clock = Later };
        return await inspection.OfAllAsync().ToListAsync();
    }

    /// <summary>All that is in the account.</summary>
    internal async Task<Dictionary<(string Container, string Name), byte[]>> SnapshotAsync()
    {
        Dictionary<(string, string), byte[]> all = [];
        foreach (var container in Containers.All)
        {
            foreach (var name in await Store.NamesAsync(container, ""))
                all[(container, name)] = (await Store.Blob(container, name).DownloadContentAsync()).Value.Content.ToArray();
        }

        return all;
    }

    /// <summary>Puts the account back into a state.</summary>
    internal async Task RestoreAsync(Dictionary<(string Container, string Name), byte[]>? state = null)
    {
        state ??= _truth;
        await Store.EnsureContainersAsync();
        var now = await SnapshotAsync();
        foreach (var (container, name) in now.Keys.Except(state.Keys))
            await Store.Blob(container, name).DeleteAsync();
        foreach (var (at, content) in state.Where(blob => !now.TryGetValue(blob.Key, out var other) || !other.AsSpan().SequenceEqual(blob.Value)))
            await PutAsync(at.Container, at.Name, content);
    }

    /// <summary>Writes a blob, whatever is there; a segment as an append blob.</summary>
    internal async Task PutAsync(string container, string name, byte[] content, BlobStore? store = null)
    {
        store ??= Store;
        if (!name.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            await store.Blob(container, name).UploadAsync(new BinaryData(content), overwrite: true);
            return;
        }

        var blob = store.AppendBlob(container, name);
        await blob.DeleteIfExistsAsync();
        await blob.CreateAsync();
        if (content.Length > 0)
            await blob.AppendBlockAsync(new MemoryStream(content));
    }

    /// <summary>Goes on as the service would, with some more predictions of center A.</summary>
    internal async Task GoOnAsync(int predictions)
    {
        using var trail = new AuditTrail(Store, Key, Later, SegmentEvents);
        for (var i = 0; i < predictions; i++)
            await PredictAsync(new PredictionStore(Store), new StepAudit(trail), "A", $"later {i}", null);
    }

    private async Task WriteAsync(BlobStore store)
    {
        using var trail = new AuditTrail(store, Key, _clock, SegmentEvents);
        var (records, steps, reads) = (new PredictionStore(store), new StepAudit(trail), new ReadAudit(trail, _clock));
        await store.EnsureContainersAsync();
        var keys = new ApiKeyStore(store, trail, _clock);
        await keys.AddAsync("A", [Right.Read], "PACS gateway", null, "tool:tests");
        await keys.RevokeAsync((await keys.AddAsync("A", [Right.Read], "former gateway", null, "tool:tests")).Record.Id, "tool:tests");
        await PredictAsync(records, steps, "A", "failed", "NotAZip");
        Remade = await PredictAsync(records, steps, "A", "remade", PredictionError.InternalFault);
        Fault = (await store.Blob(Containers.Predictions, $"A/by-id/{Remade}.json").DownloadContentAsync()).Value.Content.ToArray();
        Assert.Equal(Remade, await PredictAsync(records, steps, "A", "remade", null, run: "2"));
        var expired = await PredictAsync(records, steps, "A", "expired", null);
        await trail.AppendAsync(new AuditEvent
        {
            Id = "retention/1",
            Center = "A",
            Actor = "pipeline",
            Action = "expired-deleted",
            Subjects = new Dictionary<string, string> { ["period"] = "Predictions", ["ids"] = expired },
        });
        foreach (var name in await store.NamesAsync(Containers.Predictions, $"A/by-id/{expired}"))
            await store.Blob(Containers.Predictions, name).DeleteAsync();
        await PredictAsync(records, steps, "B", "of b", null);
        reads.Note("A", "key:0123", "prediction", Remade);
        await reads.FlushAsync();
        _clock.Pass(TimeSpan.FromDays(10));
        await PredictAsync(records, steps, "B", "of b later", null);
        Succeeded = await PredictAsync(records, steps, "A", "of december", null);
        await trail.AnchorAsync();
    }

    private static async Task<string> PredictAsync(PredictionStore records, StepAudit steps, string center, string what, string? code, string run = "")
    {
        var upload = Digest.OfParts(center, what)[..32];
        var id = PredictionId.OfUpload(upload);
        var request = new PredictionRequest { Id = id, UploadId = upload, Center = center, Actor = "blob-trigger", Run = run };
        var manifest = new BlobReference("m", Digest.OfParts("m"));
        var study = new StudyReference { StudyUid = $"2.25.{what.Length}", Manifest = manifest, Sequences = ["T1_F"], FieldStrength = "3.0T" };
        await steps.UploadReceivedAsync(request, new UploadRecord { UploadId = upload, Center = center, Kind = UploadKind.Zip, Container = Containers.Incoming, Blob = "x", Sha256 = Digest.OfParts("x"), Files = [] });
        if (code is not null)
        {
            var error = new PredictionError(code, "A sentence.");
            await records.SaveAsync(
                new PredictionStatus { Id = id, Center = center, Status = PredictionState.Failed, Error = error }, record => steps.FailedAsync(request, error, record));
            return id;
        }

        await steps.ExtractedAsync(request, study, "T1_F", manifest);
        var prediction = BarePrediction.Of(id) with { Center = center, UploadId = upload, StudyUid = study.StudyUid };
        IReadOnlyList<ReportFile> reports = [new(".html", "text/html", new BinaryData($"<p>{what}</p>")), new(".fhir.json", "application/json", new BinaryData("{}"))];
        await records.SaveAsync(
            new PredictionStatus { Id = id, Center = center, Status = PredictionState.Succeeded, Prediction = prediction }, record => steps.PublishedAsync(request, study, record, reports), reports);
        return id;
    }
}
