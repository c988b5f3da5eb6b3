namespace Radiomics.Learning.Tests;

public class FeatureDispersionTests
{
    [Fact]
    public void Quartiles_and_range_are_those_of_the_perturbed_images()
    {
        // Quartiles of 8, 9, 10, 11, 14 are 9 and 11: 2/20; the range 6 against the unperturbed 12.
        var dispersion = FeatureDispersion.Of(12, [11, 8, 14, 9, 10]);
        Assert.Equal(0.1, dispersion.QuartileCoefficient!.Value, 1e-12);
        Assert.Equal(0.5, dispersion.RelativeRange!.Value, 1e-12);
        Assert.Equal((8, 14, 5), (dispersion.Minimum, dispersion.Maximum, dispersion.Images));
        Assert.Null(dispersion.Reason);
    }

    [Fact]
    public void Between_ranks_quartiles_are_interpolated_and_negative_values_have_a_positive_dispersion()
    {
        // Quartiles of 1, 2, 3, 4 are 1.75 and 3.25.
        Assert.Equal(1.5 / 5, FeatureDispersion.Of(2, [1, 2, 3, 4]).QuartileCoefficient!.Value, 1e-12);
        Assert.Equal(1.5 / 5, FeatureDispersion.Of(-2, [-1, -2, -3, -4]).QuartileCoefficient!.Value, 1e-12);
        Assert.Equal(1.5, FeatureDispersion.Of(-2, [-1, -2, -3, -4]).RelativeRange!.Value, 1e-12);
    }

    [Fact]
    public void What_has_no_meaning_is_null_with_a_reason()
    {
        var signs = FeatureDispersion.Of(0, [-1, -2, 3, 4]);
        Assert.Null(signs.QuartileCoefficient);
        Assert.Null(signs.RelativeRange);
        Assert.Contains("both signs", signs.Reason);
        Assert.Contains("unperturbed value is 0", signs.Reason);

        Assert.Contains("gives no value", FeatureDispersion.Of(null, [1, 2, 3]).Reason);
        Assert.Contains("undefined", FeatureDispersion.Of(1, [1, null]).Reason);
    }

    [Fact]
    public void A_constant_feature_has_no_dispersion_though_it_is_zero()
    {
        var constant = FeatureDispersion.Of(0, [0, 0, 0]);
        Assert.Equal((0, 0), (constant.QuartileCoefficient, constant.RelativeRange));
        Assert.Null(constant.Reason);
    }
}
