using System.Text;

namespace Radiomics.Extraction.Tests;

public class ExtractionSettingsTests
{
    [Theory]
    [InlineData("liver-mri")]
    [InlineData("ibsi-digital")]
    [InlineData("ibsi-a")]
    [InlineData("ibsi-c")]
    [InlineData("ibsi-d")]
    public void Shipped_settings_load_by_name(string name) => Assert.Equal(name, ExtractionSettingsFile.Load(name).Name);

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

    private static ExtractionSettings Load(string json) => ExtractionSettingsFile.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
