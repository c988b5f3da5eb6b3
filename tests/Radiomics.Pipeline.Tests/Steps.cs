using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests;

/// <summary>The steps of a prediction one after the other, as the orchestration has them run, on the shared account and with the demonstration models.</summary>
internal sealed class Steps : IDisposable
{
    private readonly ServiceProvider _services;

    public Steps(AzuriteFixture azurite)
    {
        var settings = new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = azurite.ConnectionString,
            ["Radiomics:UidKey"] = Convert.ToBase64String(new byte[32]),
            ["Radiomics:ModelsFolder"] = Account.ModelsFolder,
            ["Radiomics:Audit:KeyFile"] = TestAuditKey.File,
        };
        _services = new ServiceCollection()
            .AddRadiomics(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddSingleton(Account.Pages)
            .AddSingleton(new BlobStore(AuditGuard.Client(azurite.ConnectionString)))
            .BuildServiceProvider();
    }

    public BlobStore Store => Get<BlobStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.Dispose();

    /// <summary>A small study as files.</summary>
    public static async Task<SortedDictionary<string, byte[]>> PhantomAsync(int seed, string fieldStrength = "3.0T")
    {
        var settings = new PhantomSettings { Center = "A", FieldStrength = fieldStrength, LiverIronConcentration = 8, Seed = seed }.WithSize(48, 24);
        var folder = Directory.CreateTempSubdirectory("radiomics-tests-").FullName;
        try
        {
            await PhantomStudyWriter.WriteAsync(LiverPhantom.Generate(settings), settings, folder);
            return new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes), StringComparer.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Files as a zip, the same bytes each time.</summary>
    public static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                var entry = zip.CreateEntry(name, System.IO.Compression.CompressionLevel.Fastest);
                entry.LastWriteTime = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var target = entry.Open();
                target.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Puts a zip into <c>incoming</c> and predicts it.</summary>
    public async Task<PredictionStatus> PredictAsync(string center, string name, byte[] zip)
    {
        await Store.EnsureContainersAsync();
        await Store.Blob(Containers.Incoming, $"{center}/{name}").UploadAsync(new BinaryData(zip), overwrite: true);
        return await PredictAsync($"{center}/{name}");
    }

    /// <summary>Predicts what lies in <c>incoming</c>.</summary>
    public async Task<PredictionStatus> PredictAsync(string blob)
    {
        var upload = (await Get<UploadDoor>().ReceiveAsync(UploadName.TryParse(blob)!))!;
        var profiles = Get<CenterProfiles>();
        var request = new PredictionRequest { Id = PredictionId.OfUpload(upload.UploadId), UploadId = upload.UploadId, Center = profiles.AreaOf(upload.Center), Sender = profiles.SenderOf(upload.Center), Actor = "tests" };
        try
        {
            var plan = await Get<PredictionPlanning>().PlanAsync(request);
            var study = await Get<StudyIngest>().IngestAsync(request, plan);
            List<SequenceResult> sequences = [];
            foreach (var sequence in study.Sequences)
            {
                sequences.Add(new(sequence, await Get<SequenceExtraction>().ExtractAsync(request, plan, study, sequence), null));
            }

            var score = study.ModelSequence is { } model ? await Get<Scoring>().ScoreAsync(request, plan, study.FieldStrength!, sequences.Single(sequence => sequence.Name == model).Features!) : null;
            await Get<Publication>().PublishAsync(request, plan, study, sequences, score);
        }
        catch (RadiomicsException e)
        {
            await Get<Publication>().PublishFailureAsync(request, new PredictionError(e.Code, e.Detail), new PredictionProgress(new Dictionary<string, SequenceState>()));
        }

        return (await Get<PredictionStore>().TryGetAsync(request.Center, request.Id))!;
    }
}
