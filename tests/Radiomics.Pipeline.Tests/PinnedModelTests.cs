using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline.Tests;

/// <summary>A plan pins the model: what is promoted while a prediction is under way is for the next one.</summary>
public sealed class PinnedModelTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _center = Account.NewCenter();
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("radiomics-tests-");

    [Fact]
    public async Task A_pointer_that_moves_during_a_run_changes_nothing_of_it()
    {
        var store = await Account.StoreAsync(azurite);
        var profiles = Profiles();
        var request = new PredictionRequest { Id = $"p-{_center}", UploadId = UploadId.OfZip(_center, "x.zip", "ab"), Center = _center, Actor = "test", Run = "" };
        await new UploadStore(store).RecordOnceAsync(Upload(request.UploadId));
        var features = await FeaturesAsync(store, profiles);

        var first = await PromoteAsync(store, "A-3.0T");
        var plan = await Planning(store, profiles).PlanAsync(request);
        var before = await Scoring(store, profiles).ScoreAsync(request, plan, "3.0T", features);
        var second = await PromoteAsync(store, "A-1.5T");
        var after = await Scoring(store, profiles).ScoreAsync(request, plan, "3.0T", features);
        var next = await Planning(store, profiles).PlanAsync(request with { Id = $"p-next-{_center}" });

        Assert.NotEqual(first, second);
        Assert.Equal((first, second), (plan.Models["3.0T"].Version, next.Models["3.0T"].Version));
        Assert.Equivalent(before, after, strict: true);
        Assert.NotEqual(before.Probability, (await Scoring(store, profiles).ScoreAsync(request, next, "3.0T", features)).Probability);
    }

    public void Dispose() => _models.Delete(recursive: true);

    private static PredictionPlanning Planning(BlobStore store, CenterProfiles profiles) => new(
        new UploadStore(store), profiles, new ProfileStore(store, profiles), new ModelRegistry(store, profiles, Account.Pages), Audit(store));

    // With a registry of its own, as another process would have: nothing is remembered of the package.
    private static Scoring Scoring(BlobStore store, CenterProfiles profiles) => new(
        new ModelRegistry(store, profiles, Account.Pages), new FeatureStore(store, new Dicom.UidKey(new byte[32])), new ProfileStore(store, profiles), Audit(store));

    private static StepAudit Audit(BlobStore store) => new(new AuditTrail(store, Account.AuditKey, TimeProvider.System));

    private CenterProfiles Profiles()
    {
        Account.WriteModels(_models, _center);
        return new CenterProfiles(_models.FullName);
    }

    private async Task<string> PromoteAsync(BlobStore store, string name)
    {
        var content = new BinaryData(File.ReadAllBytes(Path.Combine(Account.ModelsFolder, "demonstration", $"{name}.zip")));
        var package = ModelPackage.Load(content.ToStream());
        await store.WriteOnceAsync(Containers.Models, $"{_center}/3.0T/{package.Version}/package.zip", content, "application/zip");
        await store.Blob(Containers.Models, $"{_center}/3.0T/current.json").UploadAsync(
            BlobStore.Json(new ModelPointer { Version = package.Version, Sequence = package.Sequence, Sha256 = Digest.Of(content), PromotedBy = "test" }),
            overwrite: true);
        return package.Version;
    }

    private async Task<BlobReference> FeaturesAsync(BlobStore store, CenterProfiles profiles)
    {
        var phantom = LiverPhantom.Generate(new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 8, Seed = 1 }.WithSize(48, 24));
        return await new FeatureStore(store, new Dicom.UidKey(new byte[32])).SaveAsync($"{_center}/study/T1_F/features.json", new StoredFeatures
        {
            Center = _center,
            StudyUid = "2.25.1",
            Sequence = "T1_F",
            VolumeSha256 = "ab",
            RoiSha256 = "cd",
            Vector = FeatureExtractor.Extract(phantom.Sequences["T1_F"], phantom.Liver, profiles.Settings("liver-mri")),
        });
    }

    private UploadRecord Upload(string id) => new()
    {
        UploadId = id,
        Center = _center,
        Kind = UploadKind.Zip,
        Container = Containers.Incoming,
        Blob = $"{_center}/x.zip",
        Sha256 = "ab",
        Files = [new UploadFile("", "", 2, "ab")],
    };
}
