using System.Text.Json;

namespace Radiomics.Cli.Tests;

/// <summary>The images of <c>cases/radiomics</c> through the tool, as a researcher would run it.</summary>
public sealed class FileNumbersTests
{
    [Fact]
    public async Task Bytes_resampled_by_a_parameter_file_stay_bytes()
    {
        var features = await FeaturesAsync("uint8", "mask", "--params", TestData.Require("cases/radiomics/bspline.json"));
        Assert.Equal(0, features.GetProperty("original_firstorder_Minimum").GetDouble());
        Assert.Equal(255, features.GetProperty("original_firstorder_Maximum").GetDouble());
        Assert.Equal(127.082, features.GetProperty("original_firstorder_Mean").GetDouble(), 3);
        Assert.Equal(0, features.GetProperty("original_firstorder_10Percentile").GetDouble());
    }

    [Fact]
    public async Task Whole_numbers_of_eight_digits_and_steps_of_a_tenth_stay_apart()
    {
        using var folder = new TemporaryFolder();
        var settings = folder.File("tenths.json");
        File.WriteAllText(
            settings,
            """
            { "name": "tenths", "discretisation": { "method": "fixedBinSize", "binSize": 0.1, "origin": "minimum" }, "families": ["statistics", "histogram"] }
            """);

        var large = await FeaturesAsync("int32_large", "mask", "--settings", settings);
        Assert.Equal(20_000_003, large.GetProperty("stat_max").GetDouble());
        Assert.Equal(1.278, large.GetProperty("stat_var").GetDouble(), 3);
        var steps = await FeaturesAsync("steps_float64", "steps_mask", "--settings", settings);
        Assert.Equal(5.291626091753811, steps.GetProperty("ih_entropy").GetDouble(), 12);
    }

    [Fact]
    public async Task Steps_of_a_tenth_stay_apart_with_a_parameter_file()
    {
        using var folder = new TemporaryFolder();
        var parameters = folder.File("tenths.yaml");
        File.WriteAllText(parameters, "setting: {binWidth: 0.1}\nfeatureClass: {firstorder: [Entropy]}\n");
        var steps = await FeaturesAsync("steps_float64", "steps_mask", "--params", parameters);
        Assert.Equal(5.291626091753811, steps.GetProperty("original_firstorder_Entropy").GetDouble(), 12);
    }

    private static async Task<JsonElement> FeaturesAsync(string image, string mask, string option, string file)
    {
        var result = await CommandLine.RunAsync(
            "extract", TestData.Require($"cases/radiomics/{image}.nii.gz"), TestData.Require($"cases/radiomics/{mask}.nii.gz"), option, file, "--json");
        Assert.Equal(0, result.ExitCode);
        return result.Json.GetProperty("features");
    }
}
