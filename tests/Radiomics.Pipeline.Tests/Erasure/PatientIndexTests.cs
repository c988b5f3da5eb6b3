using System.IO.Compression;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Radiomics.Dicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Erasure;

/// <summary>Whose something is, as ingest notes it, and what is found by that and by nothing else.</summary>
[Collection(nameof(KeptCollection))]
public sealed class PatientIndexTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_patient_is_erased_whose_images_have_expired()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Studies", 30));
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var (other, _) = await SendAsync(center, "MRN-2", seed: 2);
        var prediction = await center.PredictAsync(upload, await IngestAsync(center, upload));
        var kept = await center.PredictAsync(other, await IngestAsync(center, other));
        center.PassDays(31);
        await center.TwoNightsAsync();
        Assert.Empty((await center.NamesAsync(Containers.Incoming)).Concat(await center.NamesAsync(Containers.Studies)));

        var found = await FindAsync(center, "MRN-1");
        Assert.Equal([prediction.StudyUid], found.Studies);
        Assert.Equal([upload.UploadId], found.Uploads);
        Assert.Equal([prediction.Id], found.Predictions);
        Assert.Equal((1, 3), (found.Blobs[Containers.Features], found.Blobs[Containers.Predictions]));
        Assert.Empty((found.UntoldStudies).Concat(found.UntoldUploads));
        await EraseAsync(center, found);

        Assert.False((await FindAsync(center, "MRN-1")).Any);
        Assert.All(await center.NamesAsync(Containers.Features), name => Assert.Contains(kept.StudyUid, name, StringComparison.Ordinal));
        Assert.All(await center.NamesAsync(Containers.Predictions), name => Assert.Contains(kept.Id, name, StringComparison.Ordinal));
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
        Assert.NotNull(await center.Get<UploadStore>().TryGetAsync(other.UploadId));
        Assert.Single(await IndexAsync(center));
    }

    [Fact]
    public async Task What_could_not_be_used_is_noted_for_all_whom_it_names()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        var upload = await PutAsync(center, "two.zip", Joined(await PhantomAsync("MRN-1", 1), await PhantomAsync("MRN-2", 2)));
        Assert.Equal("SeveralPatients", (await Assert.ThrowsAsync<RadiomicsException>(() => IngestAsync(center, upload))).Code);
        center.Histories.Begun.Add(PredictionId.OfUpload(upload.UploadId));
        center.PassDays(31);
        await center.TwoNightsAsync();
        Assert.Empty(await center.NamesAsync(Containers.Incoming));

        foreach (var patient in new[] { "MRN-1", "MRN-2" })
        {
            var found = await FindAsync(center, patient);
            Assert.Equal([upload.UploadId], found.Uploads);
            Assert.Single(found.Studies);
        }

        await EraseAsync(center, await FindAsync(center, "MRN-2"));
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
        Assert.Empty(await IndexAsync(center));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_bytes_by_body_and_by_blob_are_erased_at_both_doors_and_others_stay(bool isBodyFirst)
    {
        using var center = new KeptCenter(azurite);
        var (upload, others) = (await BothAsync("MRN-1", 1), await BothAsync("MRN-2", 2));
        var search = SearchWith(center, center.Get<UidKey>());
        var found = await search.FindAsync(center.Name, "MRN-1", null, []);
        Assert.Equal([upload.UploadId], found.Uploads);
        Assert.Equal([PredictionId.OfUpload(upload.UploadId)], found.Predictions);
        Assert.Empty(found.UntoldUploads);
        Assert.Equal(0, search.UploadsRead);
        await EraseAsync(center, found);

        Assert.Equal([$"{center.Name}/MRN-2.zip"], await center.NamesAsync(Containers.Incoming));
        Assert.Equal(isBodyFirst ? [$"{center.Name}/{others.UploadId}.zip"] : [], await center.NamesAsync(Containers.Requests));
        HashSet<string> left = [.. await center.Store.NamesAsync(Containers.Uploads, "")];
        Assert.Empty(Traces(upload, "MRN-1").Intersect(left));
        Assert.Empty(Traces(others, "MRN-2").Except(left));

        async Task<UploadRecord> BothAsync(string patient, int seed)
        {
            var zip = await PhantomAsync(patient, seed);
            var first = isBodyFirst ? await center.SendAsync(new BinaryData(zip)) : await PutAsync(center, $"{patient}.zip", zip);
            await IngestAsync(center, first);
            Assert.Equal(first.UploadId, (isBodyFirst ? await PutAsync(center, $"{patient}.zip", zip) : await center.SendAsync(new BinaryData(zip))).UploadId);
            return first;
        }

        string[] Traces(UploadRecord one, string patient) =>
        [
            $"{one.UploadId}.json",
            $"{UploadId.OfZip(center.Name, $"{patient}.zip", one.Sha256)}.json",
            $"by-content/{Digest.OfParts("content", center.Name, one.Sha256)}.json",
            $"by-name/{Digest.OfParts(center.Name, $"Zip/{patient}.zip")}.json",
        ];
    }

    [Fact]
    public async Task An_entry_goes_when_nothing_is_left_that_it_tells_of_and_no_night_earlier()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Studies", 30), ("Features", 60), ("Predictions", 60), ("Uploads", 90));
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        await center.PredictAsync(upload, await IngestAsync(center, upload));
        center.PassDays(31);
        await center.TwoNightsAsync();
        Assert.Single(await IndexAsync(center));
        center.PassDays(30);
        Assert.Equal(0, (await center.RunAsync()).Swept);
        Assert.Empty((await center.NamesAsync(Containers.Features)).Concat(await center.NamesAsync(Containers.Predictions)));
        Assert.Single(await IndexAsync(center));

        center.PassDays(30);
        var before = await SweptAsync();
        var report = await center.RunAsync();
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
        Assert.Empty(await IndexAsync(center));

        // Entries of other tests' centers may go, too.
        Assert.InRange(report.Swept, 1, int.MaxValue);
        Assert.Equal([.. before, $"{report.Swept}"], await SweptAsync());

        async Task<List<string>> SweptAsync() =>
            await AuditSegments.EventsAsync(center.Store, Containers.System, default).Where(line => line.Action == "patient-index-swept").Select(line => line.Subjects["count"]).ToListAsync();
    }

    [Fact]
    public async Task Ingest_that_runs_again_notes_the_same_and_no_identity()
    {
        using var center = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var study = await IngestAsync(center, upload);
        await IngestAsync(center, upload);

        var entry = Assert.Single(await IndexAsync(center));
        var key = center.Get<UidKey>();
        Assert.Equal(
            $"by-patient/{center.Name}/{key.Fingerprint}/{key.MapPatient(center.Name, "MRN-1")}/{study}/{PredictionId.OfUpload(upload.UploadId)}/{upload.UploadId}.whole", entry);
        Assert.Equal("", await center.Store.TextAsync(Containers.Uploads, entry));
    }

    [Fact]
    public async Task Only_what_was_not_noted_as_it_lies_there_is_read()
    {
        using var center = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        await IngestAsync(center, upload);
        Assert.Equal((0, true), await LookAsync());

        // Another patient's study under the same name: what was noted of the name's upload doesn't tell whose that is.
        await center.Store.Blob(Containers.Incoming, $"{center.Name}/MRN-1.zip").UploadAsync(new BinaryData(await PhantomAsync("MRN-9", 9)), overwrite: true);
        Assert.Equal((1, true), await LookAsync());
        var found = await FindAsync(center, "MRN-1");
        Assert.DoesNotContain(Containers.Incoming, found.Blobs.Keys);
        Assert.Equal([upload.UploadId], found.Uploads);

        async Task<(int, bool)> LookAsync()
        {
            var search = new PatientSearch(center.Store, center.Get<UploadStore>(), center.Get<TemporaryStorage>(), new RadiomicsOptions(), center.Get<UidKey>());
            var any = (await search.FindAsync(center.Name, "MRN-1", null, [])).Any;
            await search.FindAsync(center.Name, "MRN-1", null, []);
            return (search.UploadsRead, any);
        }
    }

    [Fact]
    public async Task What_came_in_before_it_was_noted_is_found_as_long_as_an_image_is_there_and_then_told_of()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Studies", 30));
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var study = await IngestAsync(center, upload);
        await center.PredictAsync(upload, study);
        foreach (var entry in await IndexAsync(center))
            await center.Store.Blob(Containers.Uploads, entry).DeleteAsync();
        Assert.Equal([study], (await FindAsync(center, "MRN-1")).Studies);
        Assert.Empty((await FindAsync(center, "MRN-1")).UntoldStudies);

        center.PassDays(31);
        await center.TwoNightsAsync();
        var found = await FindAsync(center, "MRN-1");
        Assert.False(found.Any);
        Assert.Equal([study], found.UntoldStudies);
        Assert.Equal([upload.UploadId], found.UntoldUploads);
    }

    [Fact]
    public async Task What_came_in_under_an_earlier_key_is_found_by_an_upload_that_is_still_there_and_otherwise_with_that_key()
    {
        using var center = new KeptCenter(azurite);
        var newer = new UidKey([.. Enumerable.Repeat((byte)7, 32)]);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var prediction = await center.PredictAsync(upload, await IngestAsync(center, upload));
        var (expired, _) = await SendAsync(center, "MRN-1", seed: 3, name: "before.zip");
        var earlier = await center.PredictAsync(expired, await IngestAsync(center, expired));
        await center.Store.Blob(Containers.Incoming, $"{center.Name}/before.zip").DeleteAsync();
        var (other, _) = await SendAsync(center, "MRN-2", seed: 2);
        await center.PredictAsync(other, await IngestAsync(center, other));

        var found = await SearchWith(center, newer).FindAsync(center.Name, "MRN-1", null, []);
        Assert.Equal(new[] { earlier.Id, prediction.Id }.Order(StringComparer.Ordinal), found.Predictions);
        Assert.Equal([center.Get<UidKey>().Fingerprint], found.OtherKeys);
        Assert.Equal(2, found.Pseudonyms.Count);

        await center.Store.Blob(Containers.Incoming, $"{center.Name}/MRN-1.zip").DeleteAsync();
        var unknown = await SearchWith(center, newer).FindAsync(center.Name, "MRN-1", null, []);
        Assert.Equal((false, center.Get<UidKey>().Fingerprint), (unknown.Any, Assert.Single(unknown.OtherKeys)));
        Assert.Equal(2, (await FindAsync(center, "MRN-1")).Predictions.Count);
    }

    [Fact]
    public async Task What_came_for_a_center_that_is_none_goes_from_quarantine_too_and_its_name_stands_nowhere()
    {
        using var center = new KeptCenter(azurite);
        var (misspelt, strangers) = (Account.NewCenter(), Account.NewCenter());
        var zip = await PhantomAsync("MRN-1", 1);
        var upload = await PutAsync(center, "x.zip", zip, misspelt);
        var other = await PutAsync(center, "x.zip", zip, strangers);
        foreach (var sent in new[] { upload, other })
        {
            var request = new PredictionRequest { Id = PredictionId.OfUpload(sent.UploadId), UploadId = sent.UploadId, Center = Containers.System, Sender = center.Get<CenterProfiles>().SenderOf(sent.Center), Actor = "test" };
            await center.Get<Publication>().PublishFailureAsync(request, new PredictionError("UnknownCenter", "Not here."), new PredictionProgress(new Dictionary<string, SequenceState>()));
        }

        // The receipt of one has expired: its record tells for whom it came.
        await center.Store.Blob(Containers.Uploads, $"{other.UploadId}.json").DeleteAsync();
        var found = await center.Get<PatientSearch>().FindAsync(misspelt, "MRN-1", null, []);
        Assert.Equal([upload.UploadId], found.Uploads);
        Assert.Equal((1, 2, 1), (found.Blobs[Containers.Incoming], found.Blobs[Containers.Quarantine], found.Blobs[Containers.Predictions]));
        await EraseAsync(center, found);

        Assert.Empty(await center.Store.NamesAsync(Containers.Quarantine, $"{Containers.System}/{upload.UploadId}/"));
        Assert.Empty(await center.Store.NamesAsync(Containers.Predictions, $"{Containers.System}/by-id/{PredictionId.OfUpload(upload.UploadId)}"));
        Assert.Equal(2, (await center.Store.NamesAsync(Containers.Quarantine, $"{Containers.System}/{other.UploadId}/")).Count);
        Assert.Empty(await center.Store.NamesAsync(Containers.Audit, misspelt));
        var second = await center.Get<PatientSearch>().FindAsync(strangers, "MRN-1", null, []);
        Assert.Equal(2, second.Blobs[Containers.Quarantine]);

        // Other tests put records there.
        Assert.DoesNotContain(
            (await center.Get<AuditTrail>().VerifyAsync(Containers.System)).Findings,
            finding => finding.Container is Containers.Audit or Containers.AuditHeads or Containers.AuditAnchors || finding.Blob.Contains(PredictionId.OfUpload(upload.UploadId), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Receipts_of_what_lay_under_the_name_before_go_too_unless_it_was_anothers()
    {
        using var center = new KeptCenter(azurite);
        var before = await PutAsync(center, "Doe^Jane.zip", [1, 2, 3]);
        var foreign = await PutAsync(center, "Doe^Jane.zip", await PhantomAsync("MRN-2", 2));
        await IngestAsync(center, foreign);
        var upload = await PutAsync(center, "Doe^Jane.zip", await PhantomAsync("MRN-1", 1));
        await EraseAsync(center, await FindAsync(center, "MRN-1"));

        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(before.UploadId));
        Assert.NotNull(await center.Get<UploadStore>().TryGetAsync(foreign.UploadId));
    }

    [Fact]
    public async Task An_upload_that_vanishes_while_others_are_read_is_gone()
    {
        using var center = new KeptCenter(azurite);
        foreach (var name in new[] { "a.zip", "b.zip" })
            await PutAsync(center, name, await PhantomAsync("MRN-1", 1));
        var raw = new RawUploads(center.Store, center.Get<UploadStore>(), center.Get<TemporaryStorage>(), new RadiomicsOptions(), center.Get<UidKey>());
        List<string> names = [];
        await foreach (var upload in raw.ReadAsync(center.Name, [], TestContext.Current.CancellationToken))
        {
            names.AddRange(upload.Blobs.Select(blob => blob.Name));
            await center.Store.Blob(Containers.Incoming, $"{center.Name}/b.zip").DeleteIfExistsAsync();
        }

        Assert.Equal([$"{center.Name}/a.zip"], names);
    }

    [Fact]
    public async Task Messages_and_events_that_name_the_patients_uploads_go_and_others_stay()
    {
        using var center = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        await SendAsync(center, "MRN-2", seed: 2);
        var study = await IngestAsync(center, upload);
        await center.PredictAsync(upload, study);
        var queue = new QueueClient(azurite.ConnectionString, $"q-{center.Name}", new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));
        var letters = new BlobContainerClient(azurite.ConnectionString, $"l-{center.Name}", new BlobClientOptions(StorageClients.Version));
        await queue.CreateAsync();
        await letters.CreateAsync();
        foreach (var name in new[] { "MRN-1.zip", "MRN-2.zip" })
            await queue.SendMessageAsync(Convert.ToBase64String(BlobStore.Json(new Dictionary<string, string> { ["ContainerName"] = Containers.Incoming, ["BlobName"] = $"{center.Name}/{name}" })));
        await queue.SendMessageAsync("no JSON");
        await letters.UploadBlobAsync("one.json", new BinaryData($"[{Created("MRN-1.zip")},{Created("MRN-2.zip")}]"));
        await letters.UploadBlobAsync("two.json", new BinaryData($"[{Created("MRN-1.zip")}]"));
        await letters.UploadBlobAsync("three.json", new BinaryData("""[{"subject":"s","data":{"imageStudyInstanceUid":"1.2.840.4711"}}]"""));

        var key = center.Get<UidKey>();
        var events = new UndeliveredEvents(queue, letters, key);
        var found = await center.Get<PatientSearch>().FindAsync(center.Name, "MRN-1", null, ["1.2.840.4711"]);
        Assert.Equal(new UndeliveredCounts(1, 3), await events.CountAsync(found));
        Assert.Equal(3, (await queue.PeekMessagesAsync(32)).Value.Length);
        await center.Get<PatientErasure>().EraseAsync(found, "Dr. A", "asked by the patient", "test", events);

        var messages = (await queue.PeekMessagesAsync(32)).Value.Select(message => message.Body.ToString()).ToList();
        Assert.Equal(2, messages.Count);
        Assert.Contains("no JSON", messages);
        Assert.Equal("one.json", Assert.Single(letters.GetBlobs()).Name);
        Assert.Equal($"[{Created("MRN-2.zip")}]", (await letters.GetBlobClient("one.json").DownloadContentAsync()).Value.Content.ToString());
        var tombstone = Assert.Single(await center.EventsAsync("patient-erased"))["subjects"]!;
        Assert.Equal(("1", "3"), ((string?)tombstone["messages"], (string?)tombstone["deadLetters"]));

        string Created(string name) => $$$"""{"subject":"/blobServices/default/containers/incoming/blobs/{{{center.Name}}}/{{{name}}}"}""";
    }

    [Fact]
    public async Task Messages_that_are_there_again_before_the_last_has_been_seen_are_counted_once_and_given_back()
    {
        using var center = new KeptCenter(azurite);
        await SendAsync(center, "MRN-1", seed: 1);
        var queue = new ShortQueue(azurite.ConnectionString, $"q-{center.Name}");
        await queue.CreateAsync();
        for (var i = 0; i < 3; i++)
            await queue.SendMessageAsync(Convert.ToBase64String(BlobStore.Json(new Dictionary<string, string> { ["ContainerName"] = Containers.Incoming, ["BlobName"] = $"{center.Name}/MRN-1.zip" })));

        var found = await FindAsync(center, "MRN-1");
        Assert.Equal(3, (await new UndeliveredEvents(queue, null, center.Get<UidKey>()).CountAsync(found)).Messages);
        Assert.Equal(2, queue.Asked);
        Assert.Equal(3, (await queue.PeekMessagesAsync(32)).Value.Length);
    }

    /// <summary>A queue whose messages are there again as soon as they have been received, so that no receipt holds.</summary>
    private sealed class ShortQueue(string connection, string name) : QueueClient(connection, name, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05))
    {
        public int Asked { get; private set; }

        public override async Task<Azure.Response<QueueMessage[]>> ReceiveMessagesAsync(int? maxMessages = null, TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
        {
            Assert.True(Asked++ < 10, "It goes on for good.");
            var messages = await base.ReceiveMessagesAsync(maxMessages, visibilityTimeout, cancellationToken);
            foreach (var message in messages.Value)
                await UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, cancellationToken);
            return messages;
        }
    }

    [Fact]
    public async Task A_tombstone_never_is_too_long_for_the_chain_to_go_on()
    {
        using var center = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        await IngestAsync(center, upload);
        var found = await FindAsync(center, "MRN-1");
        string[] many = [.. Enumerable.Range(0, 9000).Select(i => $"{i:x32}")];
        await EraseAsync(center, found with { Unreadable = many, UntoldUploads = many, UntoldStudies = [.. many.Select(id => $"2.25.{id}")], Predictions = many, Studies = [.. found.Studies, .. many] });

        var erased = Assert.Single(await center.EventsAsync("patient-erased"))["subjects"]!;
        Assert.Equal(("9000", 100), ((string?)erased["unreadable in all"], ((string?)erased["unreadable"])!.Split(' ').Length));
        await center.Get<AuditTrail>().AppendAsync(new AuditEvent { Id = "goes-on", Center = center.Name, Actor = "test", Action = "goes-on" });
        Assert.Single(await center.EventsAsync("goes-on"));
        Assert.True((await center.Get<AuditTrail>().VerifyAsync(center.Name)).Intact);
    }

    private static async Task<byte[]> PhantomAsync(string patient, int seed)
    {
        var settings = new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 8, Seed = seed, PatientID = patient }.WithSize(40, 24);
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, zip);
        return zip.ToArray();
    }

    private static byte[] Joined(params byte[][] zips)
    {
        using var joined = new MemoryStream();
        using (var target = new ZipArchive(joined, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (i, zip) in zips.Index())
            {
                using var source = new ZipArchive(new MemoryStream(zip));
                foreach (var entry in source.Entries)
                {
                    using var from = entry.Open();
                    using var to = target.CreateEntry($"{i}/{entry.FullName}").Open();
                    from.CopyTo(to);
                }
            }
        }

        return joined.ToArray();
    }

    private static async Task<(UploadRecord Upload, byte[] Zip)> SendAsync(KeptCenter center, string patient, int seed, string? name = null)
    {
        var zip = await PhantomAsync(patient, seed);
        return (await PutAsync(center, name ?? $"{patient}.zip", zip), zip);
    }

    private static async Task<UploadRecord> PutAsync(KeptCenter center, string name, byte[] zip, string? area = null)
    {
        await center.Store.EnsureContainersAsync();
        var blob = $"{area ?? center.Name}/{name}";
        await center.Store.Blob(Containers.Incoming, blob).UploadAsync(new BinaryData(zip), overwrite: true);
        return (await center.Get<UploadDoor>().ReceiveAsync(UploadName.TryParse(blob)!))!;
    }

    /// <summary>The step itself, and the study's UID.</summary>
    private static async Task<string> IngestAsync(KeptCenter center, UploadRecord upload)
    {
        var plan = new PredictionPlan { ProfileSha256 = await center.Get<ProfileStore>().PinAsync(center.Name), Models = new Dictionary<string, ModelPointer>() };
        var request = new PredictionRequest { Id = PredictionId.OfUpload(upload.UploadId), UploadId = upload.UploadId, Center = center.Name, Actor = "test" };
        return (await center.Get<StudyIngest>().IngestAsync(request, plan)).StudyUid;
    }

    private static Task<List<string>> IndexAsync(KeptCenter center) => center.Store.NamesAsync(Containers.Uploads, $"by-patient/{center.Name}/");

    private static PatientSearch SearchWith(KeptCenter center, UidKey key) => new(center.Store, center.Get<UploadStore>(), center.Get<TemporaryStorage>(), new RadiomicsOptions(), key);

    private static Task<PatientTraces> FindAsync(KeptCenter center, string patient) => center.Get<PatientSearch>().FindAsync(center.Name, patient, null, []);

    private static Task EraseAsync(KeptCenter center, PatientTraces found) => center.Get<PatientErasure>().EraseAsync(found, "Dr. A", "asked by the patient", "test");
}
