using Radiomics.Cli.Features;
using Radiomics.Extraction;

namespace Radiomics.Cli.Tests;

/// <summary><c>radiomics features</c>, and the page that is made of the same.</summary>
public sealed class FeaturesTests
{
    private static readonly string _page = Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Extraction", "FEATURES.md");

    /// <summary>With RADIOMICS_WRITE_DOCS=1 the page is written instead.</summary>
    [Fact]
    public void The_reference_page_is_current()
    {
        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(_page, FeatureReference.Page());
        }

        Assert.Equal(File.ReadAllText(_page), FeatureReference.Page());
    }

    [Fact]
    public async Task All_features_are_a_table()
    {
        var result = await CommandLine.RunAsync("features", "list");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(FeatureCatalogue.All.Count + 2, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.Contains(lines, line => line.StartsWith("| cm_contrast ", StringComparison.Ordinal) && line.Contains("| ACUI |", StringComparison.Ordinal) && line.Contains("| glcm Contrast ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_family_alone_has_everything_about_its_features_as_json()
    {
        var result = await CommandLine.RunAsync("features", "list", "--family", "glcm", "--json");

        var features = result.Json.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(26, features.Count);
        var entropy = features.Single(f => f.GetProperty("name").GetString() == "cm_joint_entr");
        Assert.Equal("TU9B", entropy.GetProperty("code").GetString());
        Assert.Equal("glcm", entropy.GetProperty("family").GetString());
        Assert.Equal("bit", entropy.GetProperty("unit").GetString());
        Assert.Equal("3.6.4", entropy.GetProperty("section").GetString());
        Assert.Equal("glcm JointEntropy", entropy.GetProperty("pyRadiomics").GetString());
        Assert.Equal("−Σ p_ij log₂ p_ij", entropy.GetProperty("formula").GetString());
        Assert.NotEqual("", entropy.GetProperty("difference").GetString());
    }

    [Theory]
    [InlineData("liver-mri")]
    [InlineData("pyradiomics")]
    public async Task Settings_list_what_they_give_in_its_order(string settings)
    {
        var result = await CommandLine.RunAsync("features", "list", "--settings", settings, "--json");

        var expected = FeatureNames.Of(settings == "pyradiomics" ? PyRadiomicsDefaults.Settings : ExtractionSettingsFile.Load(settings)).Select(f => f.Name);
        Assert.Equal(expected, result.Json.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("name").GetString()!));
    }

    [Theory]
    [InlineData("firstorder", "statistics")]
    [InlineData("glcm", "glcm")]
    public async Task A_class_of_PyRadiomics_is_listed_whole_by_the_family_that_chooses_it(string name, string family)
    {
        var result = await CommandLine.RunAsync("features", "list", "--settings", "pyradiomics", "--family", family, "--json");

        var features = result.Json.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(
            PyRadiomicsFeatures.Class(name)!.Default.Select(feature => $"original_{name}_{feature}").Order(StringComparer.Ordinal),
            features.Select(feature => feature.GetProperty("name").GetString()!));
        Assert.All(features, feature => Assert.Equal(family, feature.GetProperty("family").GetString()));
        Assert.All(features, feature => Assert.Empty(feature.GetProperty("endings").EnumerateArray()));
    }

    [Theory]
    [InlineData("cm_contrast", "cm_contrast")]
    [InlineData("ACUI", "cm_contrast")]
    [InlineData("cm_contrast_3D_comb", "cm_contrast")]
    [InlineData("wavelet_coif1_LLH__cm_contrast_3D_comb", "cm_contrast")]
    [InlineData("cm_contrast_3D_comb_fbs_w2.5", "cm_contrast")]
    [InlineData("glcm_Contrast", "glcm_Contrast")]
    [InlineData("log-sigma-3-0-mm-3D_glcm_Contrast", "glcm_Contrast")]
    public async Task A_feature_is_shown_by_any_of_its_names(string name, string title)
    {
        var result = await CommandLine.RunAsync("features", "show", name);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"# {title}: Contrast (GLCM)\n", result.Output);
        Assert.Contains("ACUI", result.Output);
        Assert.Contains("Σ (i − j)² p_ij", result.Output);
    }

    [Fact]
    public async Task A_feature_is_shown_as_json_with_its_unit_and_endings()
    {
        var result = await CommandLine.RunAsync("features", "show", "szm_gl_var", "--json");

        Assert.Equal("grey level²", result.Json.GetProperty("unit").GetString());
        Assert.Equal(["_2D", "_2_5D", "_3D"], result.Json.GetProperty("endings").EnumerateArray().Select(ending => ending.GetString()!));
    }

    [Fact]
    public async Task What_only_PyRadiomics_has_is_shown_by_its_name()
    {
        var result = await CommandLine.RunAsync("features", "show", "original_shape_Maximum2DDiameterRow");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("IBSI has no such feature.", result.Output);
        Assert.Contains("across x", result.Output);
    }

    [Theory]
    [InlineData("shape2D_Perimeter")]
    [InlineData("original_shape2D_Perimeter")]
    public async Task A_slices_shape_is_shown_too(string name)
    {
        var result = await CommandLine.RunAsync("features", "show", name);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("# shape2D_Perimeter: Perimeter (shape2D)\n", result.Output);
        Assert.Contains("length of the outline", result.Output);
    }

    [Fact]
    public async Task An_unknown_feature_gets_names_that_are_spelled_alike()
    {
        var result = await CommandLine.RunAsync("features", "show", "cm_contrst");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("(UnknownFeature)", result.Error);
        Assert.Contains("cm_contrast", result.Error);
    }
}
