using Radiomics.Dicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Erasure;

[Collection(nameof(KeptCollection))]
public sealed class PatientErasureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_patient_goes_from_every_container_and_others_stay()
    {
        using var center = new KeptCenter(azurite);
        var (upload, zip) = await SendAsync(center, "MRN 1", seed: 1);
        var (other, _) = await SendAsync(center, "MRN-2", seed: 2);
        var study = await IngestAsync(center, upload);
        var prediction = await center.PredictAsync(upload, study);
        var kept = await center.PredictAsync(other, await IngestAsync(center, other));

        // The same patient by other doors: a request that was never predicted, a copy of what could not be used, a file that completes nothing.
        var refused = UploadId.OfZip(center.Name, "", "refused");
        await center.Store.Blob(Containers.Requests, $"{center.Name}/{refused}.zip").UploadAsync(new BinaryData(zip));
        await center.Store.Blob(Containers.Quarantine, $"{center.Name}/{refused}/upload.zip").UploadAsync(new BinaryData(zip));
        await center.Store.WriteJsonOnceAsync(Containers.Quarantine, $"{center.Name}/{refused}/reason.json", new QuarantineReason
        {
            Code = "RoiAmbiguous",
            Detail = "",
            UploadId = refused,
            PredictionId = PredictionId.OfUpload("k"),
            UploadSha256 = "0",
        });
        await center.Store.PutAsync(Containers.Predictions, $"{center.Name}/by-id/{PredictionId.OfUpload("k")}.json", """{"id":"p","center":"c","status":"failed"}""");
        await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/broken.zip", "no zip");
        await center.Get<ArrivalStore>().AdvanceAsync(new ArrivalKey(center.Name, "0123456789ab", study), "1.2.3");

        var found = await FindAsync(center, "mrn1");
        Assert.Equal([study], found.Studies);
        Assert.Equal(new[] { upload.UploadId, refused }.Order(StringComparer.Ordinal), found.Uploads);
        Assert.Equal(new[] { prediction.Id, PredictionId.OfUpload("k"), PredictionId.OfUpload(refused) }.Order(StringComparer.Ordinal), found.Predictions);
        Assert.Single(found.Unreadable);
        await EraseAsync(center, found);

        Assert.False((await FindAsync(center, "mrn1")).Any);
        string[] left = [.. await AllNamesAsync(center)];
        Assert.DoesNotContain(left, name => name.Contains(study, StringComparison.Ordinal) || name.Contains(prediction.Id, StringComparison.Ordinal) || name.Contains(refused, StringComparison.Ordinal));
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
        Assert.Contains($"{center.Name}/broken.zip", left);
        Assert.True(await center.Store.Blob(Containers.Incoming, $"{center.Name}/MRN-2.zip").ExistsAsync());
        Assert.NotNull(await center.Get<PredictionStore>().TryGetAsync(center.Name, kept.Id));
        Assert.NotNull(await center.Get<StudyStore>().TryFindNewestAsync(center.Name, kept.StudyUid));
    }

    [Fact]
    public async Task A_tombstone_says_who_decided_and_what_went_and_names_nobody()
    {
        using var center = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var prediction = await center.PredictAsync(upload, await IngestAsync(center, upload));
        await EraseAsync(center, await FindAsync(center, "MRN-1"));

        var begun = Assert.Single(await center.EventsAsync("patient-erasure-begun"))["subjects"]!;
        var erased = Assert.Single(await center.EventsAsync("patient-erased"));
        Assert.Equal(("Dr. A", "asked by the patient"), ((string?)begun["decidedBy"], (string?)begun["reason"]));
        Assert.Equal(center.Get<UidKey>().MapPatient(center.Name, "MRN-1"), (string?)erased["subjects"]!["patient"]);
        Assert.Equal((prediction.StudyUid, prediction.Id), ((string?)erased["subjects"]!["studies"], (string?)erased["subjects"]!["predictions"]));
        Assert.DoesNotContain("MRN", erased.ToJsonString(), StringComparison.Ordinal);
        Assert.True((await center.Get<AuditTrail>().VerifyAsync(center.Name)).Intact);

        // Its history goes with the next night, and if it comes again its events are other ones.
        await center.RunAsync();
        Assert.Contains(prediction.Id, center.Histories.Deleted);
        Assert.NotEqual("", await center.Get<PurgedInstances>().NextRunAsync(prediction.Id, null));
    }

    [Fact]
    public async Task A_study_that_names_no_patient_is_found_by_its_uid()
    {
        using var center = new KeptCenter(azurite);
        var upload = await center.UploadAsync("x.zip");
        var study = center.Get<UidKey>().Map("1.2.840.1");
        await center.PredictAsync(upload, study);

        Assert.False((await FindAsync(center, "MRN-1")).Any);
        var found = await FindAsync(center, "MRN-1", "1.2.840.1");
        Assert.Equal([study], found.Studies);
        Assert.Equal([upload.UploadId], found.Uploads);
        Assert.Equal(1, found.Blobs[Containers.Incoming]);
    }

    [Fact]
    public async Task A_patient_of_whom_something_is_held_stays()
    {
        using var center = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        await center.Get<Holds>().PlaceAsync(center.Name, HeldThing.Parse(upload.UploadId), "Dr. B", "a lawsuit", "test");
        var found = await FindAsync(center, "MRN-1");

        Assert.Equal("PatientHeld", (await Assert.ThrowsAsync<RadiomicsException>(() => EraseAsync(center, found))).Code);
        Assert.NotEmpty(await center.NamesAsync(Containers.Incoming));
    }

    [Fact]
    public async Task A_patient_is_taken_out_of_cohorts_and_plans_and_the_models_that_learned_from_them_are_listed()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(40);
        var request = await center.RequestAsync("r-00000000000000000000000000000001", 40, PromotionMode.None);
        var (plan, model) = await center.TrainAsync(request);
        var document = await center.Get<RetrainingBlobs>().PlanAsync(plan);
        var trained = document.Groups.Single().Cases.First(planned => planned.Case.Split == Learning.CohortSplit.Train);
        var mrn = $"MRN-{Enumerable.Range(0, 40).Single(i => center.Mapped(i) == trained.Case.StudyUid)}";

        var found = await center.Get<PatientSearch>().FindAsync(center.Name, mrn, null, []);
        Assert.Equal([trained.Case.StudyUid], found.Studies);
        Assert.Equal([$"{center.Name}/by-content/{request.CohortSha256}.csv", request.Cohort], found.Cohorts);
        Assert.Equal([new TracedRetraining(center.Name, request.Id)], found.Retrainings);
        // Centers of other tests have studies of the same UIDs; they aren't this one's patients.
        Assert.Equal([new TracedModel(center.Name, "3.0T", model.Version, Trained: true, Current: false)], found.Models.Where(other => other.Center == center.Name));
        await center.Get<PatientErasure>().EraseAsync(found, "Dr. A", "asked by the patient", "test");

        var left = await center.Get<PatientSearch>().FindAsync(center.Name, mrn, null, [RetrainingCenter.Uid(int.Parse(mrn[4..], System.Globalization.CultureInfo.InvariantCulture))]);
        Assert.False(left.Any);
        Assert.Single(left.Models, other => other.Center == center.Name);
        foreach (var name in await center.Store.NamesAsync(Containers.Cohorts, center.Name + "/"))
            Assert.DoesNotContain(trained.Case.StudyUid, await center.Store.TextAsync(Containers.Cohorts, name), StringComparison.Ordinal);
        var pinned = await center.Get<CohortStore>().TryPinAsync(center.Name, "cohort");
        Assert.Equal(39, (await center.Get<CohortStore>().ReadAsync(center.Name, pinned!.Sha256)).Cohort.Rows.Count);
        var names = await center.Store.NamesAsync(Containers.Models, $"{center.Name}/retrainings/");
        Assert.DoesNotContain(names, name => name.Contains("/training/", StringComparison.Ordinal));
        Assert.Equal(39, (await center.Store.TryReadJsonAsync<PlanDocument>(Containers.Models, $"{center.Name}/retrainings/{request.Id}/plan.json"))!.Groups.Sum(group => group.Cases.Count));
        Assert.True((await center.Get<AuditTrail>().VerifyAsync(center.Name)).Intact);
    }

    [Fact]
    public async Task A_prediction_that_is_at_work_when_its_patient_is_erased_keeps_its_history_until_it_has_ended()
    {
        using var center = new KeptCenter(azurite);
        var id = await EraseOneAsync(center);
        center.Histories.Running.Add(new(id, null, [], DateTimeOffset.UtcNow.AddHours(-1)));

        await center.RunAsync();
        Assert.DoesNotContain(id, center.Histories.Deleted);

        center.Histories.Running.Clear();
        center.Histories.Ended.Add(new(id, center.Name, DateTimeOffset.UtcNow));
        await center.RunAsync();
        Assert.Contains(id, center.Histories.Deleted);
    }

    [Fact]
    public async Task A_prediction_of_what_was_sent_again_after_an_erasure_keeps_its_history_also_when_it_has_ended()
    {
        using var center = new KeptCenter(azurite);
        var id = await EraseOneAsync(center);
        center.Histories.Ended.Add(new(id, center.Name, DateTimeOffset.UtcNow));
        center.Histories.Started[id] = DateTimeOffset.UtcNow.AddHours(1);

        await center.RunAsync();
        center.Histories.Started.Clear();
        await center.RunAsync();
        Assert.DoesNotContain(id, center.Histories.Deleted);
    }

    [Fact]
    public async Task A_study_that_comes_again_on_the_day_of_its_erasure_is_waited_for_under_another_id()
    {
        using var center = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var (arrivals, study) = (center.Get<ArrivalStore>(), new ArrivalKey(center.Name, "0123456789ab", await IngestAsync(center, upload)));
        Assert.Equal(1, await arrivals.AdvanceAsync(study, "1.2.3"));
        await EraseAsync(center, await FindAsync(center, "MRN-1"));

        Assert.Empty(await center.NamesAsync(Containers.Arrivals));
        Assert.Equal(2, await arrivals.AdvanceAsync(study, "1.2.3"));
        Assert.Equal(2, await arrivals.AdvanceAsync(study, "1.2.3"));
        Assert.Equal("1.2.3", await arrivals.StudyUidAsync(study));
        Assert.NotEqual(TimeSpan.Zero, await arrivals.CloseIfQuietAsync(study, 2, TimeSpan.FromMinutes(1)));
        await center.RunAsync();
        Assert.Contains(ArrivalId.Of(study, 1), center.Histories.Deleted);
        Assert.DoesNotContain(ArrivalId.Of(study, 2), center.Histories.Deleted);
    }

    [Fact]
    public async Task A_hold_that_was_filed_for_a_center_that_has_no_such_thing_keeps_the_patient_and_one_of_another_center_does_not()
    {
        using var center = new KeptCenter(azurite);
        using var neighbour = new KeptCenter(azurite);
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var study = await IngestAsync(center, upload);
        var found = await FindAsync(center, "MRN-1");
        var typo = "Typo" + center.Name;
        await center.Get<AuditTrail>().AppendAsync(new AuditEvent
        {
            Id = $"hold/{Guid.NewGuid():N}",
            Center = typo,
            Actor = "test",
            Action = "kept",
            Subjects = new Dictionary<string, string> { ["study"] = study, ["decidedBy"] = "Dr. A", ["reason"] = "a lawsuit" },
        });
        Assert.Equal("PatientHeld", (await Assert.ThrowsAsync<RadiomicsException>(() => EraseAsync(center, found))).Code);
        Assert.NotEmpty(await center.NamesAsync(Containers.Incoming));

        await center.Get<Holds>().ReleaseAsync(typo, HeldThing.Parse(study), "Dr. A", "filed wrong", "test");
        await neighbour.PredictAsync(await neighbour.UploadAsync("x.zip"), study);
        await neighbour.HoldAsync(study);
        await EraseAsync(center, found);
        Assert.Empty(await center.NamesAsync(Containers.Incoming));
    }

    private static async Task<string> EraseOneAsync(KeptCenter center)
    {
        var (upload, _) = await SendAsync(center, "MRN-1", seed: 1);
        var prediction = await center.PredictAsync(upload, await IngestAsync(center, upload));
        await EraseAsync(center, await FindAsync(center, "MRN-1"));
        return prediction.Id;
    }

    private static async Task<(UploadRecord Upload, byte[] Zip)> SendAsync(KeptCenter center, string patient, int seed)
    {
        await center.Store.EnsureContainersAsync();
        var settings = new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 8, Seed = seed, PatientID = patient }.WithSize(40, 24);
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, zip);
        await center.Store.Blob(Containers.Incoming, $"{center.Name}/{patient}.zip").UploadAsync(new BinaryData(zip.ToArray()));
        return ((await center.Get<UploadDoor>().ReceiveAsync(UploadName.TryParse($"{center.Name}/{patient}.zip")!))!, zip.ToArray());
    }

    /// <summary>Makes a study of an upload as ingest does, and returns its UID.</summary>
    private static async Task<string> IngestAsync(KeptCenter center, UploadRecord upload)
    {
        using var open = await center.Get<UploadReader>().OpenAsync(upload);
        var study = StudyReader.Read(open.Source, center.Get<CenterProfiles>().Get(center.Name).Ingest, center.Get<UidKey>(), new IngestRequest { Center = center.Name });
        return (await center.Get<StudyStore>().SaveAsync(center.Name, study)).Manifest.StudyUid;
    }

    private static Task<PatientTraces> FindAsync(KeptCenter center, string patient, params string[] studies) => center.Get<PatientSearch>().FindAsync(center.Name, patient, null, studies);

    private static Task EraseAsync(KeptCenter center, PatientTraces found) => center.Get<PatientErasure>().EraseAsync(found, "Dr. A", "asked by the patient", "test");

    /// <summary>Names of all the center's blobs but those of its audit trail.</summary>
    private static async Task<List<string>> AllNamesAsync(KeptCenter center)
    {
        List<string> names = [];
        foreach (var container in Containers.All.Except([Containers.Audit, Containers.AuditHeads]))
            names.AddRange(await center.NamesAsync(container));
        return names;
    }
}
