using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FellowOakDicom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace Functions.Tests.DicomService;

/// <summary>
/// As much of a DICOM service as the app asks: searches, which find nothing, whole studies by WADO-RS, in another order each time, and STOW-RS, which refuses what is there. The end-to-end
/// tests use a real one.
/// </summary>
public sealed class StandInDicomService : IAsyncDisposable
{
    // Azure's reason for an instance that is there already.
    private const int AlreadyThere = 45070;

    // That of the standard for whatever else (PS3.18 10.5.3).
    private const int ProcessingFailure = 272;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte[]>> _studies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _retrieved = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _closed = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private StandInDicomService(WebApplication app) => _app = app;

    public Uri Endpoint => new(new Uri(_app.Urls.Single()), "dicom-web");

    public string Host => Endpoint.Authority;

    public static async Task<StandInDicomService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        var service = new StandInDicomService(builder.Build());
        service._app.MapGet("/dicom-web/studies", () => Results.NoContent());
        service._app.MapGet("/dicom-web/studies/{study}", (HttpContext http, string study) => service.RetrieveAsync(http, study));
        service._app.MapPost("/dicom-web/studies/{study?}", (HttpContext http) => service.StoreAsync(http));
        await service._app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>How the app names a study of center A.</summary>
    public ArrivalKey KeyOf(string studyUid)
    {
        var services = new DicomServices(
            new RadiomicsOptions { DicomServices = [new DicomServiceSettings { Center = "A", Endpoint = Endpoint }] },
            new CenterProfiles(Path.Combine(AppContext.BaseDirectory, "models")));
        return new ArrivalKey("A", services.TryFind(Host, null)!.Id, new UidKey(App.UidKeyBytes).Map(studyUid));
    }

    /// <summary>Puts instances there.</summary>
    public void Put(string studyUid, IEnumerable<byte[]> instances)
    {
        foreach (var instance in instances)
            StudyOf(studyUid)[DicomFile.Open(new MemoryStream(instance)).Dataset.GetString(DicomTag.SOPInstanceUID)] = instance;
    }

    /// <summary>What is there of a study that has a SOP class.</summary>
    public IReadOnlyList<DicomDataset> Find(string studyUid, string sopClassUid) =>
    [
        .. StudyOf(studyUid).Values.Select(instance => DicomFile.Open(new MemoryStream(instance)).Dataset)
            .Where(dataset => dataset.GetString(DicomTag.SOPClassUID) == sopClassUid),
    ];

    /// <summary>Lets it take no more instances of a study.</summary>
    public void Close(string studyUid) => _closed[studyUid] = true;

    /// <summary>How often a study was asked for.</summary>
    public int Retrieved(string studyUid) => _retrieved.GetValueOrDefault(studyUid);

    private ConcurrentDictionary<string, byte[]> StudyOf(string studyUid) => _studies.GetOrAdd(studyUid, _ => new(StringComparer.Ordinal));

    private async Task RetrieveAsync(HttpContext http, string study)
    {
        _retrieved.AddOrUpdate(study, 1, (_, n) => n + 1);
        if (!_studies.TryGetValue(study, out var found))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var instances = found.Values.ToArray();
        Random.Shared.Shuffle(instances);
        http.Response.ContentType = "multipart/related; type=\"application/dicom\"; boundary=part";
        foreach (var instance in instances)
        {
            await http.Response.WriteAsync("--part\r\nContent-Type: application/dicom\r\n\r\n");
            await http.Response.Body.WriteAsync(instance);
            await http.Response.WriteAsync("\r\n");
        }

        await http.Response.WriteAsync("--part--\r\n");
    }

    private async Task StoreAsync(HttpContext http)
    {
        var boundary = http.Request.GetTypedHeaders().ContentType!.Parameters.Single(parameter => parameter.Name == "boundary").Value.Value!.Trim('"');
        var reader = new MultipartReader(boundary, http.Request.Body);
        JsonArray stored = [];
        JsonArray refused = [];
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var part = new MemoryStream();
            await section.Body.CopyToAsync(part);
            var dataset = DicomFile.Open(new MemoryStream(part.ToArray())).Dataset;
            var (sopClass, sop) = (dataset.GetString(DicomTag.SOPClassUID), dataset.GetString(DicomTag.SOPInstanceUID));
            var study = dataset.GetString(DicomTag.StudyInstanceUID);
            var isOpen = !_closed.ContainsKey(study);
            var isNew = isOpen && StudyOf(study).TryAdd(sop, part.ToArray());
            JsonObject item = new() { ["00081150"] = Attribute("UI", sopClass), ["00081155"] = Attribute("UI", sop) };
            if (!isNew)
                item["00081197"] = Attribute("US", isOpen ? AlreadyThere : ProcessingFailure);
            (isNew ? stored : refused).Add(item);
        }

        http.Response.StatusCode = refused.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        http.Response.ContentType = "application/dicom+json";
        JsonObject answer = [];
        if (stored.Count > 0)
            answer["00081199"] = new JsonObject { ["vr"] = "SQ", ["Value"] = stored };
        if (refused.Count > 0)
            answer["00081198"] = new JsonObject { ["vr"] = "SQ", ["Value"] = refused };
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonObject Attribute(string vr, JsonNode value) => new() { ["vr"] = vr, ["Value"] = new JsonArray(value) };
}
