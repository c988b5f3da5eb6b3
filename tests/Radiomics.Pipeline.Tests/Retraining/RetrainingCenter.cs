using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline.Tests;

/// <summary>A center of its own with studies whose features are made up, and the whole pipeline on the shared storage account.</summary>
internal sealed class RetrainingCenter : IDisposable
{
    private const int Features = 8;

    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("radiomics-tests-");
    private readonly ServiceProvider _services;

    private RetrainingCenter(AzuriteFixture azurite)
    {
        Account.WriteModels(_models, Name);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = azurite.ConnectionString,
            ["Radiomics:UidKey"] = Convert.ToBase64String(new byte[32]),
            ["Radiomics:Audit:KeyFile"] = TestAuditKey.File,
            ["Radiomics:ModelsFolder"] = _models.FullName,
        }).Build();
        _services = new ServiceCollection().AddRadiomics(configuration).AddSingleton(Account.Pages).AddSingleton(new BlobStore(AuditGuard.Client(azurite.ConnectionString))).BuildServiceProvider();
    }

    public static ProtocolSettings Protocol { get; } = new()
    {
        OuterFolds = 3,
        OuterRepeats = 1,
        InnerFolds = 3,
        Bootstraps = 20,
        FeatureSets = [FeatureSet.Radiomics],
        Learners = [Learner.LogisticRegression],
        StabilityPatients = 0,
        ComparePooled = false,
    };

    public string Name { get; } = Account.NewCenter();

    public BlobStore Store => Get<BlobStore>();

    public static async Task<RetrainingCenter> CreateAsync(AzuriteFixture azurite)
    {
        var center = new RetrainingCenter(azurite);
        await center.Store.EnsureContainersAsync();
        return center;
    }

    /// <summary>Every other study has the outcome; identifiers as the hospital has them.</summary>
    public static string Cohort(int studies) => "studyUid,label,patient\n" + string.Concat(Enumerable.Range(0, studies).Select(i => $"{Uid(i)},{i % 2},MRN-{i}\n"));

    public static string Uid(int study) => $"1.2.3.{study + 1}";

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public string Mapped(int study) => Get<UidKey>().Map(Uid(study));

    /// <summary>Puts studies with one sequence, T1_F at 3.0 T, and features of which the first tells the label.</summary>
    public async Task PutStudiesAsync(int studies, params int[] withoutFeatures)
    {
        var geometry = new VolumeGeometry { SizeX = 10, SizeY = 10, SizeZ = 10, SpacingX = 2, SpacingY = 2, SpacingZ = 2 };
        var random = new Random(3);
        var volume = await PutAsync("volume", stream => NiftiFile.Write(stream, new Volume(geometry, [.. Enumerable.Range(0, 1000).Select(_ => (float)random.Next(100, 200))])));
        var roi = await PutAsync("roi", stream => NiftiFile.Write(stream, new Mask(geometry, [.. Enumerable.Range(0, 1000).Select(i => (byte)(Inside(i % 10) && Inside(i / 10 % 10) && Inside(i / 100) ? 1 : 0))])));
        for (var i = 0; i < studies; i++)
        {
            var values = new SortedDictionary<string, double?>(StringComparer.Ordinal);
            for (var f = 0; f < Features; f++)
                values[$"f{f}"] = random.NextDouble() + random.NextDouble() + (f == 0 ? i % 2 : 0);
            await PutStudyAsync(i, geometry, volume, roi, withoutFeatures.Contains(i) ? null : values);
        }

        static bool Inside(int index) => index is > 1 and < 8;
    }

    public async Task<RetrainingRequest> RequestAsync(string id, int studies, PromotionMode mode, ProtocolSettings? protocol = null)
    {
        var upload = await Get<CohortStore>().PutAsync(Name, "cohort", new MemoryStream(Encoding.UTF8.GetBytes(Cohort(studies))), CohortIdentity.Original, "test");
        return new RetrainingRequest
        {
            Id = id,
            Center = Name,
            Cohort = upload.Cohort!.Blob,
            CohortSha256 = upload.Cohort.Sha256,
            Protocol = protocol ?? Protocol,
            Promotion = new PromotionSettings { Mode = mode },
            Actor = "test",
        };
    }

    /// <summary>The steps before promotion, as the orchestration calls them.</summary>
    public async Task<(RetrainingPlan Plan, TrainedModel Model)> TrainAsync(RetrainingRequest request)
    {
        var plan = await Get<RetrainingPlanning>().PlanAsync(request);
        var training = await Get<CandidateStep>().TrainAsync(request, plan, "3.0T", "T1_F");
        return (plan, await Get<SelectionStep>().SelectAsync(request, plan, "3.0T", [training]));
    }

    public void Dispose()
    {
        _services.Dispose();
        _models.Delete(recursive: true);
    }

    private async Task<StoredFile> PutAsync(string name, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        var content = new BinaryData(stream.ToArray());
        await Store.WriteOnceAsync(Containers.Studies, $"{Name}/shared/{name}.nii.gz", content);
        return new StoredFile($"{Name}/shared/{name}.nii.gz", Digest.Of(content));
    }

    private async Task PutStudyAsync(int study, VolumeGeometry geometry, StoredFile volume, StoredFile roi, SortedDictionary<string, double?>? values)
    {
        var settings = Get<CenterProfiles>().Pin(Name).Settings;
        var manifest = new StudyManifest
        {
            StudyUid = Mapped(study),
            FieldStrength = "3.0T",
            MagneticFieldStrength = 3,
            Warnings = [],
            Sequences =
            [
                new ManifestSequence
                {
                    Name = "T1_F",
                    SeriesUid = $"2.25.{(study + 1).ToString(CultureInfo.InvariantCulture)}",
                    Volume = volume,
                    Roi = roi,
                    Geometry = ManifestGeometry.Of(geometry),
                    Acquisition = new AcquisitionFacts(),
                    RoiSource = "SEG",
                    RoiVolumeMl = 1,
                },
            ],
        };
        await Store.WriteJsonOnceAsync(Containers.Studies, $"{StudyStore.FolderOf(Name, manifest)}/manifest.json", manifest);
        if (values is null)
            return;
        await Get<FeatureStore>().SaveAsync(FeatureStore.NameOf(Name, Mapped(study), "T1_F", volume.Sha256, roi.Sha256, settings.ComputeHash()), new StoredFeatures
        {
            Center = Name,
            StudyUid = Mapped(study),
            Sequence = "T1_F",
            VolumeSha256 = volume.Sha256,
            RoiSha256 = roi.Sha256,
            Vector = new FeatureVector
            {
                Features = values,
                Diagnostics = new SortedDictionary<string, double>(),
                Settings = settings,
                SettingsHash = settings.ComputeHash(),
                EngineVersion = FeatureExtractor.EngineVersion,
            },
        });
    }
}
