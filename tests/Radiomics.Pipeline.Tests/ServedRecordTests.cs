using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Radiomics.Pipeline.Tests;

/// <summary>An answer is told as it was published, or not at all.</summary>
public sealed class ServedRecordTests(AzuriteFixture azurite)
{
    private readonly string _center = Account.NewCenter();
    private readonly string _id = PredictionId.OfUpload(Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_record_that_the_trail_names_is_told_with_its_time()
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var told = await new ServedRecords(store).TryGetWithTimeAsync(_center, _id);
        Assert.Equal("NotAZip", told!.Value.Status.Error!.Code);
        Assert.Equal((await store.Blob(Containers.Predictions, Name(_id)).GetPropertiesAsync()).Value.LastModified, told.Value.Written);
        Assert.Null(await new ServedRecords(store).TryGetAsync(_center, PredictionId.OfUpload("none")));
    }

    public static TheoryData<string> Edits => ["a letter", "no json", "nothing", "another prediction's"];

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task An_edited_record_is_not_told_until_it_is_restored(string edit)
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var records = new ServedRecords(store);
        Assert.NotNull(await records.TryGetAsync(_center, _id));
        var original = await store.TextAsync(Containers.Predictions, Name(_id));
        await store.PutAsync(Containers.Predictions, Name(_id), edit switch
        {
            "a letter" => original.Replace("NotAZip", "NoDicom", StringComparison.Ordinal),
            "no json" => "{",
            "nothing" => "",
            _ => await OfAnotherAsync(store),
        });

        await IsAlteredAsync(() => records.TryGetAsync(_center, _id));
        await IsAlteredAsync(() => new ServedRecords(store).TryGetAsync(_center, _id));
        await store.PutAsync(Containers.Predictions, Name(_id), original);
        Assert.Equal("NotAZip", (await records.TryGetAsync(_center, _id))!.Error!.Code);
    }

    [Fact]
    public async Task A_record_of_which_the_trail_knows_nothing_is_not_told()
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var foreign = PredictionId.OfUpload("never published");
        await store.PutAsync(Containers.Predictions, Name(foreign), Text(Failed("NotAZip") with { Id = foreign }));
        await IsAlteredAsync(() => new ServedRecords(store).TryGetAsync(_center, foreign));
    }

    [Fact]
    public async Task An_earlier_record_in_the_place_of_the_answer_is_not_told()
    {
        var clock = new DicomService.MovedClock();
        var store = await PublishedAsync(Failed(PredictionError.InternalFault), clock);
        var fault = await store.TextAsync(Containers.Predictions, Name(_id));
        clock.Pass(3600);
        await PublishedAsync(Failed("NotAZip"), clock, "again");
        await store.PutAsync(Containers.Predictions, Name(_id), fault);
        await IsAlteredAsync(() => new ServedRecords(store).TryGetAsync(_center, _id));
    }

    [Fact]
    public async Task A_record_that_was_written_long_after_its_event_is_told()
    {
        var store = await PublishedAsync(Failed("NotAZip"), new DicomService.MovedClock());
        Assert.NotNull(await new ServedRecords(store).TryGetAsync(_center, _id));
    }

    [Fact]
    public async Task A_report_is_told_as_it_was_published_or_not_at_all()
    {
        var store = await Account.StoreAsync(azurite);
        var report = new ReportFile(".html", "text/html", new BinaryData("a page"));
        await new PredictionStore(store).SaveAsync(
            Failed("NotAZip"), record => AppendAsync(store, TimeProvider.System, "", record, ("report .html", Digest.Of(report.Content))), [report]);
        Assert.Equal("a page", (await new ServedRecords(store).TryGetReportAsync(_center, _id, ".html"))!.ToString());
        Assert.Null(await new ServedRecords(store).TryGetReportAsync(_center, _id, ".sr.dcm"));

        await store.PutAsync(Containers.Predictions, $"{_center}/by-id/{_id}.html", "another page");
        await IsAlteredAsync(() => new ServedRecords(store).TryGetReportAsync(_center, _id, ".html"));
    }

    [Fact]
    public async Task The_event_of_a_record_is_found_without_reading_the_trail()
    {
        var store = await Account.StoreAsync(azurite);
        var record = await new PredictionStore(store).SaveAsync(Failed("NotAZip"), _ => Task.CompletedTask);
        await WriteTrailAsync(record, before: 6000, after: 6000);
        var reads = new CountedReads();
        var counted = new BlobStore(reads.Client(azurite.ConnectionString));

        Assert.NotNull(await new ServedRecords(counted).TryGetAsync(_center, _id));
        Assert.InRange(reads.Bytes, 1, 2 << 20);
        var all = (await store.Blob(Containers.Audit, Segment()).GetPropertiesAsync()).Value.ContentLength;
        Assert.True(all > 4 << 20, $"The trail has {all} bytes only.");
    }

    [Fact]
    public async Task A_record_that_was_compared_is_not_compared_again()
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var reads = new CountedReads();
        var records = new ServedRecords(new BlobStore(reads.Client(azurite.ConnectionString)));
        await records.TryGetAsync(_center, _id);
        var (requests, bytes) = (reads.Requests, reads.Bytes);
        Assert.NotNull(await records.TryGetAsync(_center, _id));
        Assert.Equal((requests, bytes), (reads.Requests, reads.Bytes));
        Assert.NotEqual(0, requests);
    }

    private async Task<BlobStore> PublishedAsync(PredictionStatus final, TimeProvider? clock = null, string run = "")
    {
        var store = await Account.StoreAsync(azurite);
        await new PredictionStore(store).SaveAsync(final, record => AppendAsync(store, clock ?? TimeProvider.System, run, record));
        return store;
    }

    private Task AppendAsync(BlobStore store, TimeProvider clock, string run, BlobReference record, params (string What, string Sha256)[] others) =>
        new AuditTrail(store, clock).AppendAsync(new AuditEvent
        {
            Id = $"{_id}+{run}/fail",
            Center = _center,
            Actor = "pipeline",
            Action = "prediction-failed",
            Subjects = new Dictionary<string, string> { ["prediction"] = _id },
            Digests = others.Append(("record", record.Sha256)).ToDictionary(digest => digest.Item1, digest => digest.Item2),
        });

    /// <summary>Writes a trail that has the event of a record among others, which came an hour before and after it, five a second.</summary>
    private async Task WriteTrailAsync(BlobReference record, int before, int after)
    {
        var template = new ServedRecordTests(azurite);
        var store = await template.PublishedAsync(template.Failed("NotAZip"));
        var line = AuditLine.TryParse(Encoding.UTF8.GetBytes((await store.TextAsync(Containers.Audit, template.Segment())).TrimEnd('\n')))!;
        var text = new StringBuilder();
        for (var i = -before; i <= after; i++)
        {
            var open = line with
            {
                Center = _center,
                Hash = null,
                Time = line.Time.AddSeconds((Math.Sign(i) * 3600) + (i / 5.0)),
                Subjects = new SortedDictionary<string, string> { ["prediction"] = i == 0 ? _id : PredictionId.OfUpload($"other {i}") },
                Digests = new SortedDictionary<string, string> { ["record"] = i == 0 ? record.Sha256 : Digest.OfParts($"{i}") },
            };
            text.Append(open with { Hash = open.ComputeHash() }).Append('\n');
        }

        await Account.Unguarded(azurite).PutAsync(Containers.Audit, Segment(), text.ToString());
    }

    private async Task<string> OfAnotherAsync(BlobStore store)
    {
        var other = new ServedRecordTests(azurite);
        await other.PublishedAsync(other.Failed("NoDicom"));
        return await store.TextAsync(Containers.Predictions, $"{other._center}/by-id/{other._id}.json");
    }

    private static async Task IsAlteredAsync(Func<Task> read) => Assert.Equal("RecordAltered", (await Assert.ThrowsAsync<AlteredException>(read)).Code);

    private static string Text(PredictionStatus status) => BlobStore.Json(status).ToString();

    private string Segment() => $"{_center}/{DateTime.UtcNow:yyyy-MM}-1.jsonl";

    private string Name(string id) => $"{_center}/by-id/{id}.json";

    private PredictionStatus Failed(string code) =>
        new() { Id = _id, Center = _center, Status = PredictionState.Failed, Error = new PredictionError(code, "A sentence.") };

    /// <summary>What is read of the audit trail.</summary>
    private sealed class CountedReads : HttpPipelineSynchronousPolicy
    {
        public int Requests { get; private set; }

        public long Bytes { get; private set; }

        public BlobServiceClient Client(string connectionString)
        {
            var options = new BlobClientOptions(StorageClients.Version);
            options.AddPolicy(this, HttpPipelinePosition.PerCall);
            return new BlobServiceClient(connectionString, options);
        }

        public override void OnReceivedResponse(HttpMessage message)
        {
            if (message.Request.Method == RequestMethod.Get && message.Request.Uri.Path.Contains($"/{Containers.Audit}", StringComparison.Ordinal))
            {
                Requests++;
                Bytes += message.Response.Headers.ContentLengthLong ?? 0;
            }
        }
    }
}
