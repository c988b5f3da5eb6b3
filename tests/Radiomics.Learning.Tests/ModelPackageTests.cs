using System.IO.Compression;
using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class ModelPackageTests
{
    private static readonly Lazy<ModelPackageBytes> Trained = new(() => PlantedSequences.Run([PlantedSequences.Generate()]).Package);

    [Fact]
    public void A_package_comes_back_as_it_was_packed()
    {
        var package = ModelPackage.Load(new MemoryStream(Trained.Value.Zip));
        Assert.Equal(Trained.Value.Version, package.Version);
        Assert.Matches("^[0-9a-f]{16}$", package.Version);
        Assert.Equivalent(Trained.Value.Card, package.Card, strict: true);
        Assert.Equal(Trained.Value.Card.CrossValidation.Threshold, package.Threshold);
        Assert.Equal(Trained.Value.Card.Features.Select(f => f.Name), package.FeatureNames);
    }

    [Fact]
    public void Scores_agree_between_threads()
    {
        var package = ModelPackage.Load(new MemoryStream(Trained.Value.Zip));
        var cohort = PlantedSequences.Vectors(PlantedSequences.Generate());
        var alone = cohort.Select(c => package.Score(c).Probability).ToArray();
        var together = new double[cohort.Count];
        Parallel.For(0, cohort.Count, i => together[i] = package.Score(cohort[i]).Probability);
        Assert.Equal(alone, together);
    }

    [Theory]
    [InlineData("card.json")]
    [InlineData("model.json")]
    [InlineData("model.zip")]
    [InlineData("training.json")]
    public void A_changed_file_is_refused(string name)
    {
        var files = Unzip(Trained.Value.Zip);
        files[name][files[name].Length / 2] ^= 1;
        AssertInvalid(DeterministicZip.Write(files));
    }

    [Theory]
    [InlineData("package.json")]
    [InlineData("card.json")]
    [InlineData("model.json")]
    [InlineData("model.zip")]
    [InlineData("training.json")]
    public void A_missing_file_is_refused(string name)
    {
        var files = Unzip(Trained.Value.Zip);
        files.Remove(name);
        AssertInvalid(DeterministicZip.Write(files));
    }

    [Fact]
    public void A_file_too_many_is_refused()
    {
        var files = Unzip(Trained.Value.Zip);
        files["more.txt"] = [1];
        AssertInvalid(DeterministicZip.Write(files));
    }

    [Fact]
    public void Bytes_that_are_no_package_are_refused() => AssertInvalid([1, 2, 3, 4]);

    [Fact]
    public void A_truncated_package_is_refused() => AssertInvalid(Trained.Value.Zip[..(Trained.Value.Zip.Length / 2)]);

    [Fact]
    public void Features_of_other_settings_are_refused() =>
        AssertDoesNotFit(PlantedSequences.Vectors(PlantedSequences.Generate())[0] with { SettingsHash = new string('0', 64) });

    [Fact]
    public void Features_of_another_engine_are_refused() => AssertDoesNotFit(PlantedSequences.Vectors(PlantedSequences.Generate())[0] with { EngineVersion = "0.0.1" });

    [Fact]
    public void A_missing_feature_is_refused() => AssertDoesNotFit(PlantedSequences.Vector(new Dictionary<string, double?> { ["noise_002"] = 1 }));

    [Fact]
    public void An_undefined_feature_is_imputed_and_named()
    {
        var package = Load(Trained.Value.Zip);
        var vector = PlantedSequences.Vectors(PlantedSequences.Generate())[0];
        var features = vector.Features.ToDictionary();
        features[package.FeatureNames[0]] = null;
        var scoring = package.Score(vector with { Features = features });
        Assert.Contains(scoring.Warnings, warning => warning.Contains($"'{package.FeatureNames[0]}'", StringComparison.Ordinal));
        features[package.FeatureNames[0]] = package.Model.Features[0].Imputation;
        Assert.Equal(package.Score(vector with { Features = features }).Probability, scoring.Probability);
    }

    [Fact]
    public void A_model_with_covariates_is_not_scored_without_them()
    {
        var package = Load(WithModel(model => model with { FeatureSet = FeatureSet.Joint, Features = [model.Features[0] with { Covariate = true }, .. model.Features.Skip(1)] }));
        var vector = PlantedSequences.Vectors(PlantedSequences.Generate())[0];
        var error = Assert.Throws<RadiomicsException>(() => package.Score(vector));
        Assert.Equal("CovariatesMissing", error.Code);
        Assert.Contains(package.FeatureNames[0], error.Detail, StringComparison.Ordinal);
        Assert.Equal(
            Load(Trained.Value.Zip).Score(vector).Probability,
            package.Score(vector, new Dictionary<string, double?> { [package.FeatureNames[0]] = vector.Features[package.FeatureNames[0]] }).Probability);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", null)]
    [InlineData(null, "0.0.1")]
    public void A_package_of_other_settings_or_another_engine_than_the_profiles_is_refused(string? settings, string? engine)
    {
        var card = Trained.Value.Card;
        var error = Assert.Throws<RadiomicsException>(() =>
            ModelPackage.Load(new MemoryStream(Trained.Value.Zip), settings ?? card.SettingsHash, engine ?? card.EngineVersion));
        Assert.Equal("ModelDoesNotFitProfile", error.Code);
        Assert.Equal(Trained.Value.Version, ModelPackage.Load(new MemoryStream(Trained.Value.Zip), card.SettingsHash, card.EngineVersion).Version);
    }

    [Fact]
    public void Contents_that_are_no_model_are_refused_although_their_digests_are_right()
    {
        AssertUnpackable(model => model with { Threshold = 1.5 });
        AssertUnpackable(model => model with { Features = [.. model.Features.Skip(1)] });
        AssertUnpackable(model => model with { Features = [model.Features[0] with { Deviation = 0 }, .. model.Features.Skip(1)] });
        AssertUnpackable(model => model with { Form = new TreeForm { Bias = 0, Features = model.Features.Count, Trees = [Loop()] } });
        AssertUnpackable(model => model with { Calibration = new(0.123, 0) }, changeCard: false);
    }

    [Theory]
    [InlineData("card.json", "null")]
    [InlineData("model.json", "{}")]
    [InlineData("model.json", "{\"form\":{\"kind\":\"other\"}}")]
    [InlineData("training.json", "[1]")]
    public void Other_json_is_refused_although_its_digest_is_right(string name, string json)
    {
        var files = Unzip(Trained.Value.Zip);
        files.Remove("package.json");
        files[name] = System.Text.Encoding.UTF8.GetBytes(json);
        AssertInvalid(PackageFiles.Write(new SortedDictionary<string, byte[]>(files, StringComparer.Ordinal)).Zip);
    }

    [Fact]
    public void Errors_of_the_stream_are_not_blamed_on_the_package() =>
        Assert.Throws<ObjectDisposedException>(() =>
        {
            var closed = new MemoryStream();
            closed.Dispose();
            ModelPackage.Load(closed);
        });

    [Fact]
    public void Archives_carry_no_clock()
    {
        using var zip = new ZipArchive(new MemoryStream(Trained.Value.Zip));
        Assert.All(zip.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
        using var inner = new ZipArchive(zip.GetEntry("model.zip")!.Open());
        Assert.All(inner.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    private static RegressionTree Loop() => new() { Feature = [0, 0], Threshold = [0, 0], Left = [1, 0], Right = [~0, ~1], Leaf = [0, 1, 2], Coverage = [1, 1, 1] };

    private static byte[] WithModel(Func<ScoringModel, ScoringModel> change, bool changeCard = true)
    {
        var package = Load(Trained.Value.Zip);
        var model = change(package.Model);
        var card = changeCard ? package.Card with { FeatureSet = model.FeatureSet, Threshold = model.Threshold, Calibration = model.Calibration } : package.Card;
        return ModelPackage.Pack(card, model, package.Training, [1]).Zip;
    }

    private static void AssertUnpackable(Func<ScoringModel, ScoringModel> change, bool changeCard = true) =>
        Assert.Equal("ModelPackageInvalid", Assert.Throws<RadiomicsException>(() => WithModel(change, changeCard)).Code);

    private static ModelPackage Load(byte[] zip) => ModelPackage.Load(new MemoryStream(zip));

    private static Dictionary<string, byte[]> Unzip(byte[] zip) => DeterministicZip.Read(new MemoryStream(zip), long.MaxValue);

    private static void AssertInvalid(byte[] zip) =>
        Assert.Equal("ModelPackageInvalid", Assert.Throws<RadiomicsException>(() => Load(zip)).Code);

    private static void AssertDoesNotFit(FeatureVector features) =>
        Assert.Equal("FeaturesDoNotFitModel", Assert.Throws<RadiomicsException>(() => Load(Trained.Value.Zip).Score(features)).Code);
}
