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

    [Theory]
    [InlineData("none of magnetic resonance", "CT is read with --center research-ct, PET with --center research-pet.", "--threads", "1")]
    [InlineData("none of positron emission tomography", "Send the PET study.", "--center", "research-pet")]
    public async Task A_study_of_another_modality_is_refused_with_the_profile_that_reads_it(string what, string help, params string[] options)
    {
        var study = Path.Combine(TestData.Require("ibsi1/ct_phantom"), "dicom");

        var result = await CommandLine.RunAsync(["extract", study, "--json", .. options]);

        Assert.Equal(3, result.ExitCode);
        var error = result.Json.GetProperty("error");
        Assert.Equal("WrongModality", error.GetProperty("code").GetString());
        Assert.Contains(what, error.GetProperty("detail").GetString());
        Assert.EndsWith(help, error.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("--label", "1")]
    [InlineData("--reference-mask", "mask.nii.gz")]
    [InlineData("--resample-mask")]
    public async Task What_says_how_a_mask_is_read_is_not_ignored_with_a_study(params string[] options)
    {
        using var folder = new TemporaryFolder();

        var result = await CommandLine.RunAsync(["extract", folder.Path, .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(options[0], result.Error);
        Assert.Contains("are for an image with a mask.", result.Error);
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
