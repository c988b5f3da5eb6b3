namespace Radiomics.Extraction.Tests;

/// <summary>
/// The IBSI-2 reference values (Whybra et al., Radiology 310, 2024) of the CT phantom's filter 3.B: LoG of 1.5 mm in 3D, cut at 4σ, on voxels of 1 mm by cubic
/// splines, rounded; ROI linear at 0.5, −1000 to 400 HU; and of 1.B, the same without a filter.
/// </summary>
public class Ibsi2Tests
{
    private static readonly Lazy<FeatureVector> _phantom = new(Extract);

    [Theory]
    [InlineData("stat_mean", -46.4, 5.9)]
    [InlineData("stat_var", 52600, 2800)]
    [InlineData("stat_median", 41, 0.7)]
    [InlineData("stat_p90", 92, 0.1)]
    [InlineData("stat_max", 377, 15)]
    [InlineData("log_s1.5mm__stat_mean", -2.94, 0.2)]
    [InlineData("log_s1.5mm__stat_var", 720, 33)]
    [InlineData("log_s1.5mm__stat_skew", 0.428, 0.009)]
    [InlineData("log_s1.5mm__stat_kurt", 6.13, 0.27)]
    [InlineData("log_s1.5mm__stat_median", -0.919, 0.024)]
    [InlineData("log_s1.5mm__stat_min", -173, 5)]
    [InlineData("log_s1.5mm__stat_p10", -32.2, 0.5)]
    [InlineData("log_s1.5mm__stat_p90", 17.4, 1.9)]
    [InlineData("log_s1.5mm__stat_max", 204, 1)]
    [InlineData("log_s1.5mm__stat_iqr", 11.4, 0.3)]
    [InlineData("log_s1.5mm__stat_range", 377, 5)]
    [InlineData("log_s1.5mm__stat_mad", 15.5, 0.4)]
    [InlineData("log_s1.5mm__stat_rmad", 6.37, 0.19)]
    [InlineData("log_s1.5mm__stat_medad", 15.3, 0.4)]
    [InlineData("log_s1.5mm__stat_cov", -9.12, 1.63)]
    [InlineData("log_s1.5mm__stat_qcod", -2.34, 0.07)]
    [InlineData("log_s1.5mm__stat_energy", 2.61e8, 1.9e7)]
    [InlineData("log_s1.5mm__stat_rms", 27, 0.6)]
    public void The_CT_phantom_has_IBSIs_value(string tag, double reference, double tolerance)
    {
        TestData.Require("ibsi1/ct_phantom/image.nii.gz");
        Assert.Equal(reference, _phantom.Value.Features[tag]!.Value, tolerance);
    }

    private static FeatureVector Extract()
    {
        using var image = File.OpenRead(TestData.Require("ibsi1/ct_phantom/image.nii.gz"));
        using var mask = File.OpenRead(TestData.Require("ibsi1/ct_phantom/mask.nii.gz"));
        return FeatureExtractor.Extract(NiftiFile.ReadVolume(image), NiftiFile.ReadMask(mask), new()
        {
            Name = "ibsi-2-b",
            Resampling = new() { Method = InterpolationMethod.CubicSpline, Spacing = 1 },
            Rounding = IntensityRounding.NearestInteger,
            ReSegmentation = new() { Lower = -1000, Upper = 400 },
            Filters = [new() { Type = FilterType.Log, Sigma = 1.5 }],
            Families = [FeatureFamily.Statistics],
        });
    }
}
