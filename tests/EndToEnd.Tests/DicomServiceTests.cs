using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FellowOakDicom;
using Radiomics;
using Radiomics.DicomWeb;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>The loop on a real DICOMweb server: a study is sent there, its events are delivered, its report is found there.</summary>
public sealed class DicomServiceTests(OrthancServer orthanc)
{
    private const string PatientName = "ZXQVLOOP^BERTA";
    private const string PatientId = "ZXQVLOOPID";

    [Fact]
    public async Task A_study_in_the_dicom_service_is_predicted_its_report_returns_there_and_a_late_instance_makes_a_new_version()
    {
        var endpoint = await orthanc.RequireAsync();
        await using var service = new Service
        {
            Settings = new Dictionary<string, string?>
            {
                ["Radiomics__DicomServices__0__Center"] = "A",
                ["Radiomics__DicomServices__0__Endpoint"] = $"{endpoint}",
                ["Radiomics__StudyQuietSeconds"] = "3",
            },
        };
        await service.InitializeAsync();
        var dicom = new DicomServiceClient(endpoint, DicomServiceClientOptions.ForThisMachine());
        var study = await Study.PhantomAsync(seed: 91, patientName: PatientName, patientId: PatientId);
        var instances = study.Files.Values.Select(bytes => (Bytes: bytes, DicomFile.Open(new MemoryStream(bytes)).Dataset)).ToList();
        var uid = instances[0].Dataset.GetString(DicomTag.StudyInstanceUID);
        // The model of center A doesn't read it, nor does anything miss it: the last slice of an in-phase series.
        var late = instances.Where(i => Study.IsImage(i.Dataset) && i.Dataset.GetString(DicomTag.ImageType).Contains("IN_PHASE", StringComparison.Ordinal))
            .MaxBy(i => i.Dataset.GetSingleValue<int>(DicomTag.InstanceNumber));
        var services = new DicomServices(
            new RadiomicsOptions { DicomServices = [new DicomServiceSettings { Center = "A", Endpoint = endpoint }] },
            new CenterProfiles(Path.Combine(HostProcess.BuildOf("functions"), "models")));
        var key = new ArrivalKey("A", services.TryFind(endpoint.Authority, null)!.Id, Service.Key.Map(uid));

        await StoreAsync(dicom, instances.Where(i => i.Bytes != late.Bytes).Select(i => i.Bytes));
        var numbers = Enumerable.Range(0, instances.Count).SelectMany(n => n % 3 == 0 ? new[] { n, n } : [n]).ToArray();
        new Random(91).Shuffle(numbers);
        foreach (var batch in numbers.Chunk(20))
            await DeliverAsync(service, endpoint, uid, batch);
        var first = await PredictedAsync(service, key, generation: 1);

        var report = Assert.Single(await ReportsAsync(dicom, uid));
        Assert.Equal((uid, PatientId), (report.GetString(DicomTag.StudyInstanceUID), report.GetString(DicomTag.PatientID)));

        // The server tells of the report, as of any instance: the study is the same without it.
        await DeliverAsync(service, endpoint, uid, [instances.Count]);
        Assert.Equal(first.Id, (await PredictedAsync(service, key, generation: 2)).Id);

        await StoreAsync(dicom, [late.Bytes]);
        await DeliverAsync(service, endpoint, uid, [1, 1]);
        var second = await PredictedAsync(service, key, generation: 3);
        Assert.Equal(first.Id, second.Prediction!.Supersedes);
        Assert.Equal(2, (await ReportsAsync(dicom, uid)).Count);
        Assert.True((await TestAuditKey.Trail(service.Store).VerifyAsync("A")).Intact);

        string[] instanceIds = [first.Id, second.Id, .. Enumerable.Range(1, 3).Select(generation => ArrivalId.Of(key, generation))];
        await IdentityTraces.AssertAbsentAsync(service, [PatientName, PatientId, uid, late.Dataset.GetString(DicomTag.SOPInstanceUID)], instanceIds);
    }

    private static async Task StoreAsync(DicomServiceClient dicom, IEnumerable<byte[]> instances) =>
        Assert.True((await dicom.StoreAsync(instances.Select(bytes => StoreItem.FromBytes(new BinaryData(bytes))))).IsComplete);

    private static async Task<List<DicomDataset>> ReportsAsync(DicomServiceClient dicom, string uid)
    {
        List<DicomDataset> found = [];
        var query = new DicomQuery
        {
            StudyUid = uid,
            Matches = new Dictionary<DicomTag, string> { [DicomTag.Modality] = "SR" },
            IncludeFields = [DicomTag.StudyInstanceUID, DicomTag.PatientID],
        };
        await foreach (var instance in dicom.SearchInstancesAsync(query))
            found.Add(instance);
        return found;
    }

    private static async Task DeliverAsync(Service service, Uri endpoint, string uid, int[] numbers)
    {
        var events = new JsonArray([.. numbers.Select(number => DicomEventJson.Cloud(endpoint.Authority, uid, number))]);
        var content = new StringContent(events.ToJsonString(), Encoding.UTF8, "application/cloudevents-batch+json");
        Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync(new Uri(service.BaseUrl, "api/dicom-events"), content)).StatusCode);
    }

    /// <summary>The prediction that a generation's wait ended with, once its report has returned.</summary>
    private static async Task<PredictionStatus> PredictedAsync(Service service, ArrivalKey study, int generation)
    {
        var outcome = (await service.CompletedInstanceAsync(ArrivalId.Of(study, generation))).GetProperty("output");
        var id = outcome.GetProperty("Prediction").GetString()!;
        await service.CompletedInstanceAsync(id);
        var status = await service.FinishedAsync("A", id);
        Assert.Null(status.Error);
        return status;
    }
}
