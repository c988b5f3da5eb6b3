using System.Globalization;

namespace Radiomics.Cli.Tests;

public sealed class ExtractTests
{
    [Fact]
    public async Task Json_has_features_diagnostics_settings_and_provenance()
    {
        var (image, mask) = DigitalPhantom();
        var result = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2.15, result.Json.GetProperty("features").GetProperty("stat_mean").GetDouble(), 2);
        Assert.Equal("ibsi-digital", result.Json.GetProperty("settings").GetProperty("name").GetString());
        Assert.NotEmpty(result.Json.GetProperty("diagnostics").EnumerateObject());
        Assert.All(
            ["settingsHash", "imageSha256", "maskSha256"],
            name => Assert.Equal(64, result.Json.GetProperty("provenance").GetProperty(name).GetString()!.Length));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Csv_has_a_row_for_each_feature()
    {
        var (image, mask) = DigitalPhantom();
        using var folder = new TemporaryFolder();
        var json = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--json");
        var csv = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--csv", "--case", "phantom");
        var file = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--case", "phantom", "--out", folder.File("features.csv"));

        var lines = csv.Output.TrimEnd().Split('\n');
        Assert.Equal("case,sequence,feature,value", lines[0]);
        Assert.Equal(json.Json.GetProperty("features").EnumerateObject().Count(), lines.Length - 1);
        var mean = Assert.Single(lines, line => line.StartsWith("phantom,image,stat_mean,", StringComparison.Ordinal));
        Assert.Equal(
            json.Json.GetProperty("features").GetProperty("stat_mean").GetDouble(), double.Parse(mean.Split(',')[3], CultureInfo.InvariantCulture));
        Assert.Equal(0, file.ExitCode);
        Assert.Empty(file.Output);
        Assert.Equal(csv.Output, File.ReadAllText(folder.File("features.csv")));
    }

    [Fact]
    public async Task Without_an_option_it_is_a_table()
    {
        var (image, mask) = DigitalPhantom();
        var result = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital");

        Assert.Contains("│ stat_mean", result.Output);
        Assert.DoesNotContain("\u001b", result.Output);
    }

    [Fact]
    public async Task Settings_of_an_unknown_name_are_bad_input()
    {
        var (image, mask) = DigitalPhantom();

        Assert.Equal(3, (await CommandLine.RunAsync("extract", image, mask, "--settings", "no-such-settings")).ExitCode);
    }

    [Fact]
    public async Task A_real_dicom_study_gives_the_features_of_its_sequences()
    {
        var result = await CommandLine.RunAsync("extract", TestData.Require("mr_sarcoma/STS_008"), "--center", "research", "--json");

        Assert.Equal(0, result.ExitCode);
        var sequence = Assert.Single(result.Json.GetProperty("sequences").EnumerateObject());
        Assert.True(sequence.Value.GetProperty("features").GetProperty("morph_volume").GetDouble() > 0);
    }

    private static (string Image, string Mask) DigitalPhantom() =>
        (TestData.Require("ibsi1/digital_phantom/image.nii.gz"), TestData.Require("ibsi1/digital_phantom/mask.nii.gz"));
}
