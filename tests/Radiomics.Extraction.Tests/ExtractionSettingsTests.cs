using System.Text;
using System.Text.Json;

namespace Radiomics.Extraction.Tests;

public class ExtractionSettingsTests
{
    public static TheoryData<string> ShippedNames() =>
        [.. Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "models", "settings"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(n => !n.EndsWith(".schema", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(ShippedNames))]
    public void Shipped_settings_load_by_name(string name) => Assert.Equal(name, ExtractionSettingsFile.Load(name).Name);

    [Theory]
    [InlineData("liver-mri")]
    [InlineData("bench-liver")]
    [InlineData("bench-liver-filters")]
    [InlineData("ibsi-digital")]
    [InlineData("ibsi-a")]
    [InlineData("ibsi-b")]
    [InlineData("ibsi-c")]
    [InlineData("ibsi-d")]
    [InlineData("ibsi-e")]
    public void Settings_that_people_rely_on_are_shipped(string name) => Assert.Contains(ShippedNames(), row => row.Data == name);

    [Theory]
    [MemberData(nameof(ShippedNames))]
    public void Settings_written_out_in_full_are_the_same_settings(string name)
    {
        var settings = ExtractionSettingsFile.Load(name);
        var written = JsonSerializer.Serialize(settings, RadiomicsJson.Options);
        Assert.Equal(settings.ComputeHash(), Load(written).ComputeHash());
    }

    [Fact]
    public void Settings_load_by_path()
    {
        var path = Path.Combine(TestData.RepositoryRoot, "models", "settings", "liver-mri.json");
        Assert.Equal(ExtractionSettingsFile.Load("liver-mri").ComputeHash(), ExtractionSettingsFile.Load(path).ComputeHash());
    }

    [Theory]
    [InlineData("""{"name":"x","colour":"red"}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":2,"order":3}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"cubic","spacing":2}}""")]
    [InlineData("""{"name":"x","resampling":{"method":1,"spacing":2}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear"}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":0}}""")]
    [InlineData("""{"name":"x","resampling":{"spacing":2}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":2,"roiThreshold":0}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":[2,2]}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":[2,2,2,2]}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":[2,2,-1]}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":[0,0,0]}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":"2"}}""")]
    [InlineData("""{"name":"x","resampling":{"inPlane":true}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":2,"roiMethod":"cubicSpline"}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":2,"roiThreshold":1.1}}""")]
    [InlineData("""{"name":"x","resampling":{"method":"linear","spacing":2,"alignment":"corner"}}""")]
    [InlineData("""{"name":"x","normalisation":{"method":"percentileClip"}}""")]
    [InlineData("""{"name":"x","normalisation":{"method":"percentileClip","lowerPercentile":90,"upperPercentile":10}}""")]
    [InlineData("""{"name":"x","normalisation":{"method":"percentileClip","lowerPercentile":-1,"upperPercentile":10}}""")]
    [InlineData("""{"name":"x","normalisation":{"method":"zScoreImage","lowerPercentile":1,"upperPercentile":99}}""")]
    [InlineData("""{"name":"x","normalisation":{"method":"zScoreImage","scale":0}}""")]
    [InlineData("""{"name":"x","normalisation":{"method":"zScoreImage","clipSigma":-3}}""")]
    [InlineData("""{"name":"x","normalisation":{"method":"referenceRegion","clipSigma":3}}""")]
    [InlineData("""{"name":"x","normalisation":{"scale":100}}""")]
    [InlineData("""{"name":"x","rounding":"up"}""")]
    [InlineData("""{"name":"x","discretisation":{"method":"fixedBinNumber","bins":32,"origin":"zero"}}""")]
    [InlineData("""{"name":"x","discretisation":{"method":"fixedBinNumber","bins":65536}}""")]
    [InlineData("""{"name":"x","discretisation":{"method":"fixedBinSize","binSize":0}}""")]
    [InlineData("""{"name":"x","intensityVolumeHistogram":{"bins":32}}""")]
    [InlineData("""{"name":"x","filterDiscretisation":{"method":"fixedBinSize"}}""")]
    [InlineData("""{"name":"x","texture":{"aggregations":[]}}""")]
    [InlineData("""{"name":"x","texture":{"aggregations":["3D_avg","3D_avg"]}}""")]
    [InlineData("""{"name":"x","texture":{"aggregations":["4D_avg"]}}""")]
    [InlineData("""{"name":"x","texture":{"cooccurrenceDistance":0}}""")]
    [InlineData("""{"name":"x","texture":{"dependenceCoarseness":-1}}""")]
    [InlineData("""{"name":"x","filters":[{"type":"log"}]}""")]
    [InlineData("""{"name":"x","filters":[{"type":"square","sigma":1}]}""")]
    [InlineData("""{"name":"x","filters":[{"type":"log","sigma":1,"wavelet":"haar"}]}""")]
    [InlineData("""{"name":"x","filters":[{"type":"square"},{"type":"square"}]}""")]
    [InlineData("""{"name":"x","filters":[null]}""")]
    [InlineData("""{"name":"x","measureOriginal":false}""")]
    [InlineData("""{"name":"x","measureOriginal":false,"filters":[{"type":"square"}],"families":["morphology","spatialAutocorrelation"]}""")]
    [InlineData("""{"name":"x","reSegmentation":{"lower":5,"upper":4}}""")]
    [InlineData("""{"name":"x","reSegmentation":{"outlierSigma":-1}}""")]
    [InlineData("""{"name":"x","discretisation":{"method":"fixedBinNumber"}}""")]
    [InlineData("""{"name":"x","discretisation":{"method":"fixedBinNumber","bins":1}}""")]
    [InlineData("""{"name":"x","discretisation":{"method":"fixedBinSize","binSize":25,"bins":32}}""")]
    [InlineData("""{"name":"x","discretisation":{"binSize":25}}""")]
    [InlineData("""{"name":"x","families":[]}""")]
    [InlineData("""{"name":"x","families":["statistics","statistics"]}""")]
    [InlineData("""{"name":"x","families":["texture"]}""")]
    [InlineData("""{"name":"x","families":null}""")]
    [InlineData("""{"name":"x","resampling":null}""")]
    [InlineData("""{"name":"x","name":"y"}""")]
    [InlineData("""{"name":" "}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public void Settings_that_this_engine_does_not_understand_are_refused(string json) =>
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => Load(json)).Code);

    [Fact]
    public void Unknown_names_and_paths_are_refused()
    {
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load("no-such-settings")).Code);
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load("no/such.json")).Code);
    }

    [Fact]
    public void The_hash_depends_on_the_options_and_not_on_how_they_are_written()
    {
        var written = Load("""{"name":"x","resampling":{"method":"linear","spacing":2}}""").ComputeHash();
        Assert.Equal(written, Load("""{ "resampling": { "spacing": 2.0, "roiThreshold": 0.50, "method": "Linear" }, "rounding": "none", "name": "x" }""").ComputeHash());
        Assert.NotEqual(written, Load("""{"name":"x","resampling":{"method":"linear","spacing":2.5}}""").ComputeHash());
        Assert.Matches("^[0-9a-f]{64}$", written);
    }

    [Theory]
    [InlineData("2", "2.0")]
    [InlineData("2", "[2,2,2]")]
    [InlineData("[2,2,0]", "[2.0, 2.00, 0.0]")]
    public void The_hash_does_not_depend_on_how_a_spacing_is_written(string one, string other)
    {
        string Hash(string spacing) => Load($$$"""{"name":"x","resampling":{"method":"linear","spacing":{{{spacing}}}}}""").ComputeHash();
        Assert.Equal(Hash(one), Hash(other));
    }

    [Fact]
    public void Every_option_changes_the_hash()
    {
        string[] options =
        [
            "", ""","resampling":{"method":"linear","spacing":2}""", ""","resampling":{"method":"nearest","spacing":2}""",
            ""","resampling":{"method":"cubicSpline","spacing":2}""", ""","resampling":{"method":"linear","spacing":[2,2,0]}""",
            ""","resampling":{"method":"linear","spacing":2,"inPlane":true}""", ""","resampling":{"method":"linear","spacing":2,"roiMethod":"nearest"}""",
            ""","resampling":{"method":"linear","spacing":2,"roiThreshold":0.4}""", ""","resampling":{"method":"linear","spacing":2,"alignment":"origin"}""",
            ""","normalisation":{"method":"zScoreImage"}""", ""","normalisation":{"method":"zScoreRoi"}""", ""","normalisation":{"method":"referenceRegion"}""",
            ""","normalisation":{"method":"zScoreImage","scale":100}""", ""","normalisation":{"method":"zScoreImage","clipSigma":3}""",
            ""","normalisation":{"method":"percentileClip","lowerPercentile":1,"upperPercentile":99}""",
            ""","rounding":"nearestInteger" """, ""","reSegmentation":{"lower":1}""", ""","reSegmentation":{"upper":1}""", ""","reSegmentation":{"outlierSigma":3}""",
            ""","discretisation":{"method":"fixedBinNumber","bins":32}""", ""","discretisation":{"method":"fixedBinSize","binSize":32}""",
            ""","discretisation":{"method":"fixedBinSize","binSize":32,"origin":"minimum"}""",
            ""","intensityVolumeHistogram":{"method":"fixedBinNumber","bins":32}""", ""","filterDiscretisation":{"method":"fixedBinNumber","bins":64}""",
            ""","filters":[{"type":"log","sigma":1}]""", ""","filters":[{"type":"wavelet"}]""", ""","filters":[{"type":"wavelet","wavelet":"haar"}]""",
            ""","texture":{"aggregations":["3D_avg"]}""", ""","texture":{"symmetricCooccurrence":false}""", ""","texture":{"distanceWeighting":"euclidean"}""",
            ""","wholeImageDiagnostics":true""", ""","families":["statistics"]""",
        ];
        string[] hashes = [.. options.Select(o => Load($$"""{"name":"x"{{o}}}""").ComputeHash())];
        Assert.Equal(options.Length, hashes.Distinct().Count());
    }

    private static ExtractionSettings Load(string json) => ExtractionSettingsFile.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
