using static Radiomics.Extraction.Tests.DenseFilters;

namespace Radiomics.Extraction.Tests;

/// <summary>Filters of intensities that floats would round.</summary>
public class ExactFilterTests
{
    private static readonly (int X, int Y, int Z) _size = (13, 8, 7);

    [Theory]
    [InlineData(FilterBoundary.Mirror)]
    [InlineData(FilterBoundary.Zero)]
    [InlineData(FilterBoundary.Nearest)]
    [InlineData(FilterBoundary.Periodic)]
    public void A_separable_filter_is_the_sum_over_its_kernel_to_the_precision_of_doubles(FilterBoundary border)
    {
        var image = Noise();
        var (low, high) = WaveletTaps.Of("db2");
        var band = Product(Offsets(low), Offsets(high), Offsets(low));
        var filter = $"'type':'wavelet','wavelet':'db2','bands':['LHL'],'boundary':'{EnumNames<FilterBoundary>.Of(border)}'";
        AssertClose(Respond(image, _size, band, border), Filtered(image, VoxelBox.Whole(_size), filter));
        double[][] rotated = [.. OfVolume.Select(rotation => Respond(image, _size, Rotate(band, rotation), border))];
        foreach (var pooling in (RotationInvariance[])[RotationInvariance.Max, RotationInvariance.Min, RotationInvariance.Average])
        {
            AssertClose(Pool(rotated, pooling), Filtered(image, VoxelBox.Whole(_size), $"{filter},'rotationInvariance':'{EnumNames<RotationInvariance>.Of(pooling)}'"));
        }

        static IEnumerable<(int, double)> Offsets(Taps taps) => taps.Exact.Select((weight, t) => (taps.First + t, weight));
    }

    [Theory]
    [InlineData("'type':'mean','support':5,'boundary':'zero'")]
    [InlineData("'type':'log','sigma':1.2")]
    [InlineData("'type':'laws','kernels':'L5S5E5','rotationInvariance':'max','energyDistance':2")]
    [InlineData("'type':'wavelet','wavelet':'db3','bands':['LLH'],'rotationInvariance':'average','level':2,'boundary':'periodic'")]
    public void A_box_of_the_domain_answers_to_the_last_bit_as_in_the_whole(string filter)
    {
        var image = Noise();
        var map = Filtered(image, VoxelBox.Whole(_size), filter);
        foreach (var box in (VoxelBox[])[new(0, 3, 2, 9, 5, 1), new(12, 0, 0, 1, 8, 7), new(5, 7, 3, 1, 1, 4)])
        {
            Assert.Equal(box.CutFrom(map, VoxelBox.Whole(_size)), Filtered(image, box, filter));
        }
    }

    [Theory]
    [InlineData(FilterDimension.Volume)]
    [InlineData(FilterDimension.Slices)]
    public void A_low_band_in_which_a_constant_lies_answers_with_it_far_from_zero_too(FilterDimension dimension)
    {
        const double far = (1L << 30) + 1;
        var geometry = Case.Geometry(8, 8, 8, 1, 1, 1);
        var filter = new FilterSettings { Type = FilterType.Simoncelli, Level = 2, Dimension = dimension };
        var ones = new float[geometry.Count];
        Array.Fill(ones, 1);
        var one = ResponseMaps.Of(new(geometry, ones), filter)[0].Map[0];
        Assert.InRange(one, 0.8, 1);

        var image = Volume.Of(geometry, [.. Enumerable.Repeat(far, ones.Length)]);
        Assert.NotNull(image.Doubles);
        var map = ResponseMaps.Of(image, filter)[0].Map;
        Assert.All(Enumerable.Range(0, ones.Length), i => Assert.Equal(far * one, map[i], 1e-6 * far));
    }

    private static double[] Noise()
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, _size.X * _size.Y * _size.Z).Select(_ => 1000 + 100 * random.NextDouble())];
    }

    private static double[] Filtered(double[] image, VoxelBox output, string filter)
    {
        var domain = new FilterDomain([], _size, (1, 1, 1), output, 1050) { Doubles = image };
        var responses = ImageFilter.Respond(
            FilteredMap.Settings(filter), Conventions.Ibsi, 0, domain, 1, count => new float[count], threads: 1, CancellationToken.None);
        return Assert.Single(responses).Doubles!;
    }

    /// <summary>Far within what a float would round off.</summary>
    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-9);
        }
    }
}
