using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics.Dicom;
using Radiomics.Pipeline.Tests.DicomService;

namespace Radiomics.Pipeline.Tests.Retention;

/// <summary>A center of its own with periods, and a clock that begins now: what tests write is young by it until they let time pass.</summary>
internal sealed class KeptCenter : IDisposable
{
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("radiomics-tests-");
    private readonly AzuriteFixture _azurite;
    private readonly (string Period, int Days)[] _periods;
    private readonly ServiceProvider _services;
    private readonly MovedClock _clock = new();

    public KeptCenter(AzuriteFixture azurite, params (string Period, int Days)[] periods)
        : this(azurite, Account.NewCenter(), DateTimeOffset.UtcNow, periods, [])
    {
    }

    private KeptCenter(AzuriteFixture azurite, string name, DateTimeOffset now, (string Period, int Days)[] periods, (string Name, string Value)[] more)
    {
        (Name, _azurite, _periods) = (name, azurite, periods);
        Account.WriteModels(_models, Name);
        _clock.Pass((now - _clock.GetUtcNow()).TotalSeconds);
        var settings = new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = azurite.ConnectionString,
            ["Radiomics:UidKey"] = Convert.ToBase64String(new byte[32]),
            ["Radiomics:Audit:KeyFile"] = TestAuditKey.File,
            ["Radiomics:ModelsFolder"] = _models.FullName,
            ["Radiomics:Retention:Delete"] = "true",
        };
        foreach (var (period, days) in periods)
            settings[$"Radiomics:Retention:Centers:{Name}:{period}"] = days.ToString(CultureInfo.InvariantCulture);
        foreach (var (setting, value) in more)
            settings[$"Radiomics:Retention:{setting}"] = value;
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddRadiomics(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddSingleton(Account.Pages)
            .AddSingleton(new BlobStore(AuditGuard.Client(azurite.ConnectionString)))
            .BuildServiceProvider();
    }

    public string Name { get; }

    public KnownHistories Histories { get; init; } = new();

    /// <summary>The same center under other settings, whose clock goes on from now.</summary>
    public KeptCenter With(params (string Name, string Value)[] settings) => new(_azurite, Name, _clock.GetUtcNow(), _periods, settings) { Histories = Histories };

    public DateTimeOffset Now => _clock.GetUtcNow();

    public BlobStore Store => Get<BlobStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void PassDays(double days) => _clock.Pass(days * 86_400);

    public Task<RetentionReport> RunAsync() => Get<Pipeline.Retention>().RunAsync(Histories);

    /// <summary>The run that counts, and the one that deletes.</summary>
    public async Task<RetentionReport> TwoNightsAsync()
    {
        Assert.False((await RunAsync()).Deleted);
        PassDays(1);
        var report = await RunAsync();
        Assert.True(report.Deleted);
        return report;
    }

    public Task<List<string>> NamesAsync(string container) => Store.NamesAsync(container, Name + "/");

    /// <summary>The center's audit events of an action.</summary>
    public async Task<List<JsonNode>> EventsAsync(string action)
    {
        List<JsonNode> events = [];
        foreach (var segment in (await NamesAsync(Containers.Audit)).Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal)))
            events.AddRange((await Store.TextAsync(Containers.Audit, segment)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
        return [.. events.Where(line => (string?)line["action"] == action)];
    }

    /// <summary>An upload as the trigger takes it in.</summary>
    public async Task<UploadRecord> UploadAsync(string name)
    {
        await Store.EnsureContainersAsync();
        await Store.PutAsync(Containers.Incoming, $"{Name}/{name}", $"content of {name}");
        var upload = await ReceiveAsync(name);
        Histories.Begun.Add(PredictionId.OfUpload(upload.UploadId));
        return upload;
    }

    /// <summary>What the door makes of what lies there; no prediction is begun.</summary>
    public async Task<UploadRecord> ReceiveAsync(string name) => (await Get<UploadDoor>().ReceiveAsync(UploadName.TryParse($"{Name}/{name}")!))!;

    /// <summary>A zip as the body of a request; no prediction is begun.</summary>
    public async Task<UploadRecord> SendAsync(BinaryData zip)
    {
        await Store.EnsureContainersAsync();
        using var folder = Get<TemporaryStorage>().NewFolder();
        await File.WriteAllBytesAsync(folder.File("body").FullName, zip.ToArray());
        return await Get<UploadDoor>().ReceiveAsync(Name, folder.File("body"), Digest.Of(zip));
    }

    /// <summary>An upload's prediction with volumes, features and a report.</summary>
    public async Task<Prediction> PredictAsync(UploadRecord upload, string study, string? id = null)
    {
        var prediction = BarePrediction.Of(id ?? PredictionId.OfUpload(upload.UploadId)) with { Center = Name, UploadId = upload.UploadId, StudyUid = study };
        await Store.WriteJsonOnceAsync(
            Containers.Studies,
            $"{Name}/{study}/c0/manifest.json",
            new StudyManifest { StudyUid = study, FieldStrength = "3.0T", MagneticFieldStrength = 3, Sequences = [], Warnings = [] });
        await Store.PutAsync(Containers.Studies, $"{Name}/{study}/c0/T1_F.nii.gz", "volume");
        await Store.PutAsync(Containers.Features, $"{Name}/{study}/T1_F/f0.json", "{}");
        var status = new PredictionStatus { Id = prediction.Id, Center = Name, Status = PredictionState.Succeeded, Prediction = prediction };
        await Get<PredictionStore>().SaveAsync(status, _ => Task.CompletedTask, [new ReportFile(".html", "text/html", new BinaryData("report"))]);
        return prediction;
    }

    public Task HoldAsync(string id) => Get<Holds>().PlaceAsync(Name, HeldThing.Parse(id), "Dr. A", "a lawsuit", "test");

    public void Dispose()
    {
        _services.Dispose();
        _models.Delete(recursive: true);
    }
}
