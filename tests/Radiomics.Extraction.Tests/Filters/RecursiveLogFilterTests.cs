namespace Radiomics.Extraction.Tests;

public class RecursiveLogFilterTests
{
    // By ITK 5.2's LaplacianRecursiveGaussianImageFilter, normalised across scale, on TestVolumes.Sawtooth: σ, index and response.
    [Theory]
    [InlineData(0.7, new[] { 0, 31, 62, 93, 124, 155, 186, 217, 248, 279, 310 }, new[] { 19.00912f, -1.289937f, 19.93779f, -19.97506f, 14.12392f, -25.94346f, -5.479577f, 24.83474f, -19.59051f, 16.94203f, -23.50353f })]
    [InlineData(2.0, new[] { 0, 31, 62, 93, 124, 155, 186, 217, 248, 279, 310 }, new[] { 12.68018f, -6.025065f, 7.792196f, 4.691083f, -5.977528f, -3.623124f, 0.645005f, 1.662619f, 6.058053f, -6.633238f, -4.764896f })]
    public void The_response_is_that_of_ITK(double sigma, int[] indices, float[] expected)
    {
        var map = Apply(TestVolumes.Sawtooth(), sigma);
        Assert.All(indices, (index, i) => Assert.Equal(expected[i], map[index], 1e-4));
    }

    [Fact]
    public void A_constant_gives_0()
    {
        var d = NaiveFilters.Noise((20, 20, 20), (1, 1, 2));
        Array.Fill(d.Voxels, 30000f);
        Assert.All(Apply(d, 3), v => Assert.Equal(0, v, 1e-2));
    }

    [Fact]
    public void The_response_is_near_that_of_a_sampled_Gaussian_times_the_squared_sigma()
    {
        var d = NaiveFilters.Noise((60, 60, 60), (1, 1, 1), new(25, 25, 25, 10, 10, 10));
        var exact = new float[d.Output.Count];
        LogFilter.Apply(d, 2, exact, CancellationToken.None);
        NaiveFilters.AssertClose([.. exact.Select(v => 4.0 * v)], Apply(d, 2), 0.02);
    }

    [Fact]
    public void What_lies_far_beyond_the_box_does_not_matter()
    {
        var whole = NaiveFilters.Noise((90, 70, 60), (1, 1, 1.5));
        var map = Apply(whole, 1.5);
        var part = whole with { Output = new(40, 0, 30, 9, 11, 3) };
        NaiveFilters.AssertClose(NaiveFilters.Map(part, (x, y, z) => map[(z * 70 + y) * 90 + x]), Apply(part, 1.5), 1e-6);
    }

    [Fact]
    public void An_image_of_fewer_voxels_than_the_filter_needs_is_refused()
    {
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => Apply(NaiveFilters.Noise((9, 9, 3), (1, 1, 1)), 1)).Code);
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => Apply(NaiveFilters.Noise((9, 9, 5), (1, 1, 1)), 5)).Code);
    }

    private static float[] Apply(FilterDomain d, double sigma)
    {
        var map = new float[d.Output.Count];
        RecursiveLogFilter.Apply(d, sigma, map, CancellationToken.None);
        return map;
    }
}
