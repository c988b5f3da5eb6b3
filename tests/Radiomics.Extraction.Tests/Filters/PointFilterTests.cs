namespace Radiomics.Extraction.Tests;

public class PointFilterTests
{
    private static readonly float[] _values = [-400, -3, -0.5f, 0, 0.25f, 1, 7, 80];

    [Theory]
    [InlineData(FilterType.Square)]
    [InlineData(FilterType.SquareRoot)]
    [InlineData(FilterType.Logarithm)]
    [InlineData(FilterType.Exponential)]
    public void A_response_is_the_function_of_the_voxel(FilterType type) => AssertFunction(type, rescaled: false, x => type switch
    {
        FilterType.Square => x * x,
        FilterType.SquareRoot => Math.Sign(x) * Math.Sqrt(Math.Abs(x)),
        FilterType.Logarithm => Math.Sign(x) * Math.Log(Math.Abs(x) + 1),
        _ => Math.Exp(x),
    });

    // The output box has the last four values only, and the scale comes from the −400 outside it.
    [Theory]
    [InlineData(FilterType.Square)]
    [InlineData(FilterType.SquareRoot)]
    [InlineData(FilterType.Logarithm)]
    [InlineData(FilterType.Exponential)]
    public void PyRadiomics_scale_is_that_of_the_whole_image(FilterType type) => AssertFunction(type, rescaled: true, x => type switch
    {
        FilterType.Square => x * x / 400,
        FilterType.SquareRoot => Math.Sign(x) * Math.Sqrt(Math.Abs(x) * 400),
        FilterType.Logarithm => Math.Sign(x) * Math.Log(Math.Abs(x) + 1) * 400 / Math.Log(401),
        _ => Math.Exp(x * Math.Log(400) / 400),
    });

    [Fact]
    public void An_image_of_zeros_is_scaled_by_nothing()
    {
        foreach (var type in (FilterType[])[FilterType.Square, FilterType.SquareRoot, FilterType.Logarithm, FilterType.Exponential])
        {
            var map = new float[8];
            PointFilter.Apply(Domain(new float[8]), type, rescaled: true, map);
            Assert.All(map, v => Assert.Equal(type == FilterType.Exponential ? 1 : 0, v));
        }
    }

    private static void AssertFunction(FilterType type, bool rescaled, Func<double, double> function)
    {
        var domain = Domain(_values);
        var map = new float[4];
        PointFilter.Apply(domain with { Output = new(4, 0, 0, 4, 1, 1) }, type, rescaled, map);
        Assert.All(map, (v, i) => Assert.Equal(function(_values[4 + i]), v, 1e-6 * Math.Max(1, Math.Abs(function(_values[4 + i])))));
        var whole = new float[8];
        PointFilter.Apply(domain, type, rescaled, whole);
        Assert.Equal(function(-3), whole[1], 1e-5);
    }

    private static FilterDomain Domain(float[] values) => new(values, (8, 1, 1), (1, 1, 1), new(0, 0, 0, 8, 1, 1), 0);
}
