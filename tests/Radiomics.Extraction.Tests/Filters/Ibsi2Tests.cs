using Radiomics.Cli.Conformance;

namespace Radiomics.Extraction.Tests;

/// <summary>The values of IBSI-2 phase 2: the CT phantom's <c>stat_</c> features without a filter and of eight response maps, 2D (A) and 3D on voxels of 1 mm (B).</summary>
public class Ibsi2Tests
{
    private static readonly string[] _prefixesA =
    [
        "", "mean_m5_2d__", "log_s1.5mm_2d__", "laws_L5E5_max_d7__", "gabor_s5.0mm_w2.0mm_g1.5_step22.5_avg__", "wavelet_db3_LH_avg__", "wavelet_db3_HH_level2_avg__",
        "simoncelli_level1_2d__", "simoncelli_level2_2d__",
    ];

    private static readonly string[] _prefixesB =
    [
        "", "mean_m5__", "log_s1.5mm__", "laws_L5E5E5_max_d7__", "gabor_s5.0mm_w2.0mm_g1.5_step22.5_avg_planes__", "wavelet_db3_LLH_avg__", "wavelet_db3_HHH_level2_avg__",
        "simoncelli_level1__", "simoncelli_level2__",
    ];

    private static readonly Lazy<FeatureVector> _a = new(() => Extract("ibsi2-a"));
    private static readonly Lazy<FeatureVector> _b = new(() => Extract("ibsi2-b"));

    public static IEnumerable<TheoryDataRow<string, string, double, string>> References() =>
        from table in (string[])[FilteredReferences.A, FilteredReferences.B]
        from configuration in FilteredReferences.Parse(table.Split('\n'))
        from value in configuration
        select new TheoryDataRow<string, string, double, string>(configuration.Key, value.Text, value.Tolerance, value.Tag);

    [Theory]
    [MemberData(nameof(References))]
    public void A_value_of_phase_2_is_reproduced(string configuration, string value, double tolerance, string tag)
    {
        TestData.Require("ibsi1/ct_phantom/image.nii.gz");
        var (vector, prefixes) = configuration[^1] == 'A' ? (_a, _prefixesA) : (_b, _prefixesB);
        new ReferenceValue(value, tolerance, tag).AssertMatches(vector.Value.Features[prefixes[configuration[0] - '1'] + tag]);
    }

    private static FeatureVector Extract(string settings)
    {
        using var image = File.OpenRead(TestData.Require("ibsi1/ct_phantom/image.nii.gz"));
        using var mask = File.OpenRead(TestData.Require("ibsi1/ct_phantom/mask.nii.gz"));
        return FeatureExtractor.Extract(NiftiFile.ReadVolume(image), NiftiFile.ReadMask(mask), ExtractionSettingsFile.Load(settings));
    }
}
