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
    public void Archives_carry_no_clock()
    {
        using var zip = new ZipArchive(new MemoryStream(Trained.Value.Zip));
        Assert.All(zip.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
        using var inner = new ZipArchive(zip.GetEntry("model.zip")!.Open());
        Assert.All(inner.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    private static ModelPackage Load(byte[] zip) => ModelPackage.Load(new MemoryStream(zip));

    private static Dictionary<string, byte[]> Unzip(byte[] zip) => DeterministicZip.Read(new MemoryStream(zip), long.MaxValue);

    private static void AssertInvalid(byte[] zip) =>
        Assert.Equal("ModelPackageInvalid", Assert.Throws<RadiomicsException>(() => Load(zip)).Code);

    private static void AssertDoesNotFit(FeatureVector features) =>
        Assert.Equal("FeaturesDoNotFitModel", Assert.Throws<RadiomicsException>(() => Load(Trained.Value.Zip).Score(features)).Code);
}
