using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests;

/// <summary>An answer is told as it was published, or not at all.</summary>
[Collection(nameof(KeptCollection))]
public sealed class ServedRecordTests(AzuriteFixture azurite)
{
    private readonly string _center = Account.NewCenter();
    private readonly string _id = PredictionId.OfUpload(Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_record_that_the_trail_names_is_told_with_its_time()
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var told = await Records(store).TryGetWithTimeAsync(_center, _id);
        Assert.Equal("NotAZip", told!.Value.Status.Error!.Code);
        Assert.Equal((await store.Blob(Containers.Predictions, Name(_id)).GetPropertiesAsync()).Value.LastModified, told.Value.Written);
        Assert.Null(await Records(store).TryGetAsync(_center, PredictionId.OfUpload("none")));
    }

    public static TheoryData<string> Edits => ["a letter", "no json", "nothing", "another prediction's"];

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task An_edited_record_is_not_told_until_it_is_restored(string edit)
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var records = Records(store);
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
        await IsAlteredAsync(() => Records(store).TryGetAsync(_center, _id));
        await store.PutAsync(Containers.Predictions, Name(_id), original);
        Assert.Equal("NotAZip", (await records.TryGetAsync(_center, _id))!.Error!.Code);
    }

    [Fact]
    public async Task A_record_of_which_the_trail_knows_nothing_is_not_told()
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var foreign = PredictionId.OfUpload("never published");
        await store.PutAsync(Containers.Predictions, Name(foreign), Text(Failed("NotAZip") with { Id = foreign }));
        await IsAlteredAsync(() => Records(store).TryGetAsync(_center, foreign));
    }

    public static TheoryData<string> Forgeries => ["unsigned", "signed by a key of the thief's", "with another event's signature"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task An_edited_record_with_a_forged_event_is_not_told(string forgery)
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var edited = Text(Failed("NoDicom"));
        await store.PutAsync(Containers.Predictions, Name(_id), edited);
        await ForgeAsync(store, edited, forgery);
        await IsAlteredAsync(() => Records(store).TryGetAsync(_center, _id));
    }

    [Fact]
    public async Task A_record_from_before_trails_were_signed_is_told_and_one_that_claims_to_be_is_not()
    {
        var store = await Account.StoreAsync(azurite);
        var old = await new PredictionStore(store).SaveAsync(Failed("NotAZip"), _ => Task.CompletedTask);
        await WriteUnsignedAsync(old.Sha256);
        Assert.NotNull(await Records(store).TryGetAsync(_center, _id));

        await AppendAsync(store, TimeProvider.System, "other", old with { Sha256 = Digest.OfParts("other") });
        Assert.NotNull(await Records(store).TryGetAsync(_center, _id));
        var rewritten = Text(Failed("NoDicom"));
        await store.PutAsync(Containers.Predictions, Name(_id), rewritten);
        await WriteUnsignedAsync(Digest.Of(new BinaryData(rewritten)));
        await IsAlteredAsync(() => Records(store).TryGetAsync(_center, _id));
    }

    [Fact]
    public async Task A_key_that_is_rotated_counts_at_once_and_a_foreign_one_never()
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var asked = 0;
        var keys = new KnownAuditKeys(async cancellation => asked++ == 0 ? AuditTrust.Of(["the key before"]) : await AuditTrust.OfAsync(Account.AuditKey, cancellation));
        Assert.NotNull(await new ServedRecords(store, keys).TryGetAsync(_center, _id));
        await IsAlteredAsync(() => new ServedRecords(store, new(_ => Task.FromResult(AuditTrust.Of(["the key before"])))).TryGetAsync(_center, _id));
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
        await IsAlteredAsync(() => Records(store).TryGetAsync(_center, _id));
    }

    [Fact]
    public async Task A_record_that_was_written_long_after_its_event_is_told()
    {
        var store = await PublishedAsync(Failed("NotAZip"), new DicomService.MovedClock());
        Assert.NotNull(await Records(store).TryGetAsync(_center, _id));
    }

    [Fact]
    public async Task A_report_is_told_as_it_was_published_or_not_at_all()
    {
        var store = await Account.StoreAsync(azurite);
        var report = new ReportFile(".html", "text/html", new BinaryData("a page"));
        await new PredictionStore(store).SaveAsync(
            Failed("NotAZip"), record => AppendAsync(store, TimeProvider.System, "", record, ("report .html", Digest.Of(report.Content))), [report]);
        var reads = new CountedReads(Containers.Predictions);
        Assert.Equal("a page", (await Records(new BlobStore(reads.Client(azurite.ConnectionString))).TryGetWithReportAsync(_center, _id, ".html"))!.Value.Report!.ToString());
        Assert.Equal(2, reads.Requests);
        Assert.Null((await Records(store).TryGetWithReportAsync(_center, _id, ".sr.dcm"))!.Value.Report);
        Assert.Null(await Records(store).TryGetWithReportAsync(_center, PredictionId.OfUpload("none"), ".html"));

        await store.PutAsync(Containers.Predictions, $"{_center}/by-id/{_id}.html", "another page");
        await IsAlteredAsync(() => Records(store).TryGetWithReportAsync(_center, _id, ".html"));
    }

    [Fact]
    public async Task The_event_of_a_record_is_found_without_reading_the_trail()
    {
        var store = await Account.StoreAsync(azurite);
        var record = await new PredictionStore(store).SaveAsync(Failed("NotAZip"), _ => Task.CompletedTask);
        await WriteTrailAsync(record, before: 6000, after: 6000);
        var reads = new CountedReads();
        var counted = new BlobStore(reads.Client(azurite.ConnectionString));

        Assert.NotNull(await Records(counted).TryGetAsync(_center, _id));
        Assert.InRange(reads.Bytes, 1, 2 << 20);
        var all = (await store.Blob(Containers.Audit, Segment()).GetPropertiesAsync()).Value.ContentLength;
        Assert.True(all > 4 << 20, $"The trail has {all} bytes only.");
    }

    [Fact]
    public async Task A_record_that_was_compared_is_not_compared_again()
    {
        var store = await PublishedAsync(Failed("NotAZip"));
        var reads = new CountedReads();
        var records = Records(new BlobStore(reads.Client(azurite.ConnectionString)));
        await records.TryGetAsync(_center, _id);
        var (requests, bytes) = (reads.Requests, reads.Bytes);
        Assert.NotNull(await records.TryGetAsync(_center, _id));
        Assert.Equal((requests, bytes), (reads.Requests, reads.Bytes));
        Assert.NotEqual(0, requests);
    }

    private static ServedRecords Records(BlobStore store) => new(store, new(cancellation => AuditTrust.OfAsync(Account.AuditKey, cancellation)));

    private async Task<BlobStore> PublishedAsync(PredictionStatus final, TimeProvider? clock = null, string run = "")
    {
        var store = await Account.StoreAsync(azurite);
        await new PredictionStore(store).SaveAsync(final, record => AppendAsync(store, clock ?? TimeProvider.System, run, record));
        return store;
    }

    private Task AppendAsync(BlobStore store, TimeProvider clock, string run, BlobReference record, params (string What, string Sha256)[] others) =>
        TestAuditKey.Trail(store, clock).AppendAsync(new AuditEvent
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
        var session = await Account.SessionAsync(store);
        var line = AuditLine.TryParse(Encoding.UTF8.GetBytes((await store.TextAsync(Containers.Audit, template.Segment())).TrimEnd('\n')))!;
        var text = new StringBuilder();
        for (var i = -before; i <= after; i++)
        {
            var open = line with
            {
                Center = _center,
                Hash = null,
                Signature = null,
                Signer = session.Id,
                Time = line.Time.AddSeconds((Math.Sign(i) * 3600) + (i / 5.0)),
                Subjects = new SortedDictionary<string, string> { ["prediction"] = i == 0 ? _id : PredictionId.OfUpload($"other {i}") },
                Digests = new SortedDictionary<string, string> { ["record"] = i == 0 ? record.Sha256 : Digest.OfParts($"{i}") },
            };
            text.Append(open.SignedBy(session)).Append('\n');
        }

        await Account.Unguarded(azurite).PutAsync(Containers.Audit, Segment(), text.ToString());
    }

    private async Task<string> OfAnotherAsync(BlobStore store)
    {
        var other = new ServedRecordTests(azurite);
        await other.PublishedAsync(other.Failed("NoDicom"));
        return await store.TextAsync(Containers.Predictions, $"{other._center}/by-id/{other._id}.json");
    }

    /// <summary>Puts an event that nobody signed at the end of the trail, or begins it with that.</summary>
    private async Task WriteUnsignedAsync(string sha256)
    {
        var account = Account.Unguarded(azurite);
        var trail = await account.Blob(Containers.Audit, Segment()).ExistsAsync() ? await account.TextAsync(Containers.Audit, Segment()) : "";
        var last = trail.Length == 0 ? null : AuditLine.TryParse(Encoding.UTF8.GetBytes(trail.TrimEnd('\n').Split('\n')[^1]));
        var line = new AuditLine
        {
            Line = (last?.Line ?? 0) + 1,
            Id = $"{_id}+{sha256}/fail",
            Time = DateTime.UtcNow,
            Center = _center,
            Actor = "pipeline",
            Action = "prediction-failed",
            Subjects = new SortedDictionary<string, string> { ["prediction"] = _id },
            Digests = new SortedDictionary<string, string> { ["record"] = sha256 },
            PreviousHash = last?.Hash ?? AuditLine.Genesis,
        };
        await using var end = await account.AppendBlob(Containers.Audit, Segment()).OpenWriteAsync(overwrite: last is null);
        await end.WriteAsync(Encoding.UTF8.GetBytes($"{line with { Hash = line.ComputeHash() }}\n"));
    }

    private async Task ForgeAsync(BlobStore store, string record, string forgery)
    {
        var trail = await store.TextAsync(Containers.Audit, Segment());
        var last = AuditLine.TryParse(Encoding.UTF8.GetBytes(trail.TrimEnd('\n').Split('\n')[^1]))!;
        var forged = last with
        {
            Line = last.Line + 1,
            PreviousHash = last.Hash!,
            Digests = new SortedDictionary<string, string> { ["record"] = Digest.Of(new BinaryData(record)) },
            Hash = null,
            Signature = null,
        };
        using var thief = LocalAuditKey.Create();
        forged = forgery switch
        {
            "unsigned" => (forged with { Signer = null }) is var open ? open with { Hash = open.ComputeHash() } : forged,
            "signed by a key of the thief's" => await Account.SessionAsync(store, thief) is var session ? (forged with { Signer = session.Id }).SignedBy(session) : forged,
            _ => forged with { Hash = forged.ComputeHash(), Signature = last.Signature },
        };
        await Account.Unguarded(azurite).PutAsync(Containers.Audit, Segment(), $"{trail}{forged}\n");
    }

    private static async Task IsAlteredAsync(Func<Task> read) => Assert.Equal("RecordAltered", (await Assert.ThrowsAsync<AlteredException>(read)).Code);

    private static string Text(PredictionStatus status) => BlobStore.Json(status).ToString();

    private string Segment() => $"{_center}/{DateTime.UtcNow:yyyy-MM}-1.jsonl";

    private string Name(string id) => $"{_center}/by-id/{id}.json";

    private PredictionStatus Failed(string code) =>
        new() { Id = _id, Center = _center, Status = PredictionState.Failed, Error = new PredictionError(code, "A sentence.") };

    /// <summary>What is read of a container.</summary>
    private sealed class CountedReads(string container = Containers.Audit) : HttpPipelineSynchronousPolicy
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
            if (message.Request.Method == RequestMethod.Get && message.Request.Uri.Path.Contains($"/{container}", StringComparison.Ordinal))
            {
                Requests++;
                Bytes += message.Response.Headers.ContentLengthLong ?? 0;
            }
        }
    }
}
