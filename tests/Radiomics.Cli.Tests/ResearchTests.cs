namespace Radiomics.Cli.Tests;

/// <summary>CT by the profile that only the tool has, and a limit of memory.</summary>
public sealed class ResearchTests
{
    [Fact]
    public async Task A_CT_folder_with_contours_is_extracted_in_Hounsfield_units_and_its_maps_written()
    {
        var study = Path.Combine(TestData.Require("ibsi1/ct_phantom"), "dicom");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("s.json"), """{"name":"hu","families":["statistics"]}""");
        var result = await CommandLine.RunAsync(
            "extract", study, "--center", "research-ct", "--settings", folder.File("s.json"), "--write-maps", folder.File("maps"), "--maps-margin", "5", "--json");

        Assert.Equal(0, result.ExitCode);
        var sequence = Assert.Single(result.Json.GetProperty("sequences").EnumerateObject());
        Assert.StartsWith("CT_", sequence.Name);
        var features = sequence.Value.GetProperty("features");

        // Soft tissue and air of a lung tumour: the mean of IBSI's region before any processing.
        Assert.InRange(features.GetProperty("stat_mean").GetDouble(), -300, 100);
        Assert.InRange(features.GetProperty("stat_min").GetDouble(), -1024, -700);
        Assert.True(File.Exists(folder.File($"maps/{sequence.Name}/image.nii.gz")));
    }

    [Fact]
    public async Task A_case_that_would_take_more_than_max_memory_is_bad_input_with_a_code()
    {
        var phantom = TestData.Require("ibsi1/ct_phantom");
        var result = await CommandLine.RunAsync(
            "extract", Path.Combine(phantom, "image.nii.gz"), Path.Combine(phantom, "mask.nii.gz"), "--settings", "ibsi-c", "--max-memory", "0.02", "--json");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("RunTooLarge", result.Json.GetProperty("error").GetProperty("code").GetString());
    }
}
