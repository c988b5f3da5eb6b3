namespace Radiomics.Extraction.Tests;

public class IntensityVolumeHistogramTests
{
    private static readonly DiscretisationSettings WholeUnits = new();
    private static readonly DiscretisationSettings HalfUnits = new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 0.5 };
    private static readonly DiscretisationSettings Thousand = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 1000 };

    [Fact]
    public void Evenly_spread_intensities_have_half_the_area_below_their_curve()
    {
        // Levels 0 … 10, one voxel each: shares 11/11, 10/11, … 1/11, by trapezoids 6/11.
        var histogram = new IntensityVolumeHistogram([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], WholeUnits, new());
        Assert.Equal(6.0 / 11, histogram.Area(), 12);
        Assert.Equal(10.0 / 11, histogram.VolumeAt(10), 12);
        Assert.Equal(2.0 / 11, histogram.VolumeAt(90), 12);

        // At most one voxel in eleven has 10 or more; at most nine have 2 or more.
        Assert.Equal(10, histogram.IntensityAt(10));
        Assert.Equal(2, histogram.IntensityAt(90));
    }

    [Fact]
    public void The_digital_phantoms_curve_is_the_manuals_table()
    {
        // Shares 1, 0.324, 0.324, 0.311, 0.095, 0.095 at levels 1 to 6.
        float[] sorted = [.. Enumerable.Repeat(1f, 50), 3, .. Enumerable.Repeat(4f, 16), .. Enumerable.Repeat(6f, 7)];
        var histogram = new IntensityVolumeHistogram(sorted, WholeUnits, new());
        Assert.Equal((24.0 / 74 + 24.0 / 74 + 23.0 / 74 + 7.0 / 74 + (1 + 7.0 / 74) / 2) / 5, histogram.Area(), 12);
    }

    [Fact]
    public void The_re_segmentation_range_is_the_histograms()
    {
        var histogram = new IntensityVolumeHistogram([4, 5, 6, 6], WholeUnits, new() { Lower = 0, Upper = 10 });
        Assert.Equal(1, histogram.VolumeAt(10));
        Assert.Equal(0, histogram.VolumeAt(90));
        Assert.Equal(7, histogram.IntensityAt(10));

        // Shares 1 at 0 to 4, 3/4 at 5, 1/2 at 6, none at 7 to 10.
        Assert.Equal((4.5 + 0.75 + 0.5) / 10, histogram.Area(), 12);
    }

    [Fact]
    public void Levels_of_a_fixed_bin_size_are_the_bins_centers()
    {
        var histogram = new IntensityVolumeHistogram([0, 0.6f, 1.1f, 1.9f], HalfUnits, new());
        Assert.Equal(2.25, histogram.IntensityAt(10));
        Assert.Equal(0.75, histogram.IntensityAt(90));
    }

    [Theory]
    [InlineData(DiscretisationMethod.None)]
    [InlineData(DiscretisationMethod.FixedBinSize)]
    [InlineData(DiscretisationMethod.FixedBinNumber)]
    public void A_search_finds_what_a_table_of_all_levels_says(DiscretisationMethod method)
    {
        var random = new Random(4);
        for (var run = 0; run < 20; run++)
        {
            float[] sorted = [.. Enumerable.Range(0, 5 + random.Next(60)).Select(_ => (float)random.Next(-30, 60)).Order()];
            var (discretisation, origin, width, first, step, span) = method switch
            {
                DiscretisationMethod.None => (WholeUnits, sorted[0], 1.0, sorted[0], 1.0, sorted[^1] - (double)sorted[0]),
                DiscretisationMethod.FixedBinSize => (HalfUnits, sorted[0], 0.5, sorted[0] + 0.25, 0.5, sorted[^1] - (double)sorted[0] - 0.5),
                _ => (Thousand, sorted[0], (sorted[^1] - (double)sorted[0]) / 1000, 1.0, 1.0, 999.0),
            };
            var levels = sorted.Select(x => Math.Floor((x - (double)origin) / width)).ToArray();
            if (method == DiscretisationMethod.FixedBinNumber)
            {
                levels = [.. levels.Select(l => Math.Min(l, 999))];
            }

            var count = (int)Math.Floor(span / step) + 1;
            double[] shares = [.. Enumerable.Range(0, count + 2).Select(n => levels.Count(l => l >= n) / (double)sorted.Length)];
            var histogram = new IntensityVolumeHistogram(sorted, discretisation, new());
            foreach (var percent in (int[])[10, 90])
            {
                Assert.Equal(shares.Where((_, n) => n * step * 100 >= percent * span).Max(), histogram.VolumeAt(percent), 12);
                Assert.Equal(first + step * Array.FindIndex(shares, s => s * 100 <= percent + 1e-9), histogram.IntensityAt(percent), 9);
            }

            Assert.Equal(Enumerable.Range(1, count - 1).Sum(n => (shares[n - 1] + shares[n]) / 2) * step / span, histogram.Area(), 9);
        }
    }

    [Fact]
    public void Equal_intensities_have_no_area() => Assert.Equal(0, new IntensityVolumeHistogram([3, 3, 3], Thousand, new()).Area());

    [Fact]
    public void A_huge_range_in_whole_units_is_no_effort()
    {
        var histogram = new IntensityVolumeHistogram([-3e30f, 0, 3e30f], WholeUnits, new());
        Assert.Equal(2.0 / 3, histogram.VolumeAt(10), 12);
        Assert.Equal(0.5, histogram.Area(), 12);
    }

    [Fact]
    public void A_range_of_one_level_has_no_shares() => Assert.Equal(double.NaN, new IntensityVolumeHistogram([3, 3, 3], WholeUnits, new()).VolumeAt(10));
}
