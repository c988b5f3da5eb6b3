namespace Radiomics.Extraction.Tests;

/// <summary>Normalisation of intensities before everything else.</summary>
public class NormalisationTests
{
    private static readonly VolumeGeometry Geometry = Case.Geometry(40, 30, 20);
    private static readonly Volume Image = Case.Random(Geometry);
    private static readonly Mask Roi = Case.Block(Geometry, (5, 6, 7), (20, 20, 15));

    [Fact]
    public void Z_scores_are_in_units_of_the_images_deviation()
    {
        var (mean, deviation) = Naive(Image.Voxels);
        var normalised = Case.Process(Image, Roi, With(new() { Method = NormalisationMethod.ZScoreImage, Scale = 100 }));
        AssertIs(normalised, v => 100 * (v - mean) / deviation);
    }

    [Fact]
    public void PyRadiomics_conventions_divide_by_one_voxel_less()
    {
        var geometry = Case.Geometry(4, 1, 1);
        var image = Case.Image(geometry, (x, _, _) => x);
        var settings = With(new() { Method = NormalisationMethod.ZScoreImage });
        var ibsi = Case.Process(image, Case.Everything(geometry), settings);
        var pyRadiomics = ProcessedRoi.From(
            image, Case.Everything(geometry), settings with { Conventions = Conventions.PyRadiomics }, ExtractionOptions.Default, new VoxelMargin());
        Assert.Equal(1.5 / Math.Sqrt(5.0 / 4), ibsi.SortedIntensities[^1], 1e-6);
        Assert.Equal(1.5 / Math.Sqrt(5.0 / 3), pyRadiomics.SortedIntensities[^1], 1e-6);
    }

    [Fact]
    public void Z_scores_beyond_the_limit_are_set_to_it_in_units_of_the_scale()
    {
        var (mean, deviation) = Naive(Image.Voxels);
        var normalised = Case.Process(Image, Roi, With(new() { Method = NormalisationMethod.ZScoreImage, Scale = 10, ClipSigma = 1.2 }));
        AssertIs(normalised, v => 10 * Math.Clamp((v - mean) / deviation, -1.2, 1.2));
        Assert.Equal(-12, normalised.SortedIntensities[0], 1e-4);
        Assert.Equal(12, normalised.SortedIntensities[^1], 1e-4);
    }

    [Fact]
    public void Percentiles_of_the_image_become_0_and_the_scale()
    {
        double[] sorted = [.. Image.Voxels.Order()];
        var (low, high) = (Percentile(sorted, 2.5), Percentile(sorted, 97));
        var normalised = Case.Process(
            Image, Roi, With(new() { Method = NormalisationMethod.PercentileClip, LowerPercentile = 2.5, UpperPercentile = 97, Scale = 255 }));
        AssertIs(normalised, v => 255 * (Math.Clamp(v, low, high) - low) / (high - low));
    }

    [Theory]
    [InlineData(InterpolationMethod.Linear)]
    [InlineData(InterpolationMethod.CubicSpline)]
    public void Clipping_comes_before_interpolation(InterpolationMethod method)
    {
        var settings = With(new() { Method = NormalisationMethod.PercentileClip, LowerPercentile = 20, UpperPercentile = 80 }) with
        {
            Resampling = new() { Method = method, Spacing = 1.4 },
        };
        double[] sorted = [.. Image.Voxels.Order()];
        var (low, high) = (Percentile(sorted, 20), Percentile(sorted, 80));
        var before = new Volume(Geometry, Array.ConvertAll(Image.Voxels, v => (float)((Math.Clamp(v, low, high) - low) / (high - low))));
        var expected = Case.Process(before, Roi, settings with { Normalisation = new() }).SortedIntensities;
        var actual = Case.Process(Image, Roi, settings).SortedIntensities;
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Floats.Zip(actual.Floats), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void The_mean_of_a_reference_region_is_the_unit()
    {
        var region = Case.Block(Geometry, (30, 2, 2), (34, 8, 5));
        var (mean, _) = Naive([.. Image.Voxels.Where((_, i) => region.Voxels[i] != 0)]);
        AssertIs(Case.Process(Image, Roi, With(new() { Method = NormalisationMethod.ReferenceRegion, Scale = 2 }), region), v => 2 * v / mean);
    }

    [Fact]
    public void A_reference_region_that_is_of_no_use_is_refused()
    {
        var settings = With(new() { Method = NormalisationMethod.ReferenceRegion });
        var region = Case.Block(Geometry, (30, 2, 2), (34, 8, 5));
        var zero = new Volume(Geometry, new float[Geometry.Count]);
        var broken = new Volume(Geometry, [.. Image.Voxels]);
        broken.Voxels[Array.IndexOf(region.Voxels, (byte)1)] = float.NaN;
        Case.AssertCode("ReferenceRegionMissing", () => Case.Process(Image, Roi, settings));
        Case.AssertCode("GridMismatch", () => Case.Process(Image, Roi, settings, new(Geometry with { SpacingX = 2 }, region.Voxels)));
        Case.AssertCode("ReferenceRegionEmpty", () => Case.Process(Image, Roi, settings, new(Geometry, new byte[Geometry.Count])));
        Case.AssertCode("ReferenceRegionWithoutSignal", () => Case.Process(zero, Roi, settings, region));
        Case.AssertCode("NonFiniteVoxels", () => Case.Process(broken, Roi, settings, region));
    }

    [Theory]
    [InlineData(NormalisationMethod.ZScoreImage)]
    [InlineData(NormalisationMethod.ZScoreRoi)]
    [InlineData(NormalisationMethod.PercentileClip)]
    public void An_image_of_one_intensity_becomes_zero(NormalisationMethod method)
    {
        var settings = With(method == NormalisationMethod.PercentileClip ? new() { Method = method, LowerPercentile = 1, UpperPercentile = 99 } : new() { Method = method });
        Assert.All(Case.Process(Case.Image(Geometry, (_, _, _) => 7), Roi, settings).SortedIntensities.Floats, v => Assert.Equal(0, v));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Percentiles_of_an_image_with_a_voxel_that_is_no_number_are_refused(float value)
    {
        var image = new Volume(Geometry, [.. Image.Voxels]);
        image.Voxels[0] = value;
        Case.AssertCode(
            "NonFiniteVoxels",
            () => Case.Process(image, Roi, With(new() { Method = NormalisationMethod.PercentileClip, LowerPercentile = 1, UpperPercentile = 99 })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1_000_003)]
    public void A_summary_is_what_simple_sums_make_of_it_on_any_number_of_threads(int count)
    {
        var random = new Random(11);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => 1e4f + random.NextSingle())];
        var (mean, deviation) = Naive(values);
        var summary = IntensitySummary.Of(values, 1);
        Assert.Equal(summary, IntensitySummary.Of(values, 8));
        Assert.Equal(mean, summary.Mean, 1e-9);
        Assert.Equal(deviation, Math.Sqrt(summary.Squares / count), 1e-9);
        Assert.Equal((count, values.Min(), values.Max()), (summary.Count, summary.Minimum, summary.Maximum));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 99)]
    [InlineData(33.3, 50)]
    public void Percentiles_are_those_of_the_sorted_intensities(double lower, double upper)
    {
        var random = new Random(12);
        float[] values = [.. Enumerable.Range(0, 20_001).Select(_ => (random.NextSingle() - 0.3f) * MathF.Pow(10, random.Next(-3, 4)))];
        double[] sorted = [.. values.Order()];
        Assert.Equal((Percentile(sorted, lower), Percentile(sorted, upper)), OrderStatistics.Percentiles(values, lower, upper));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 99)]
    [InlineData(33.3, 50)]
    public void So_are_those_of_doubles(double lower, double upper)
    {
        var random = new Random(13);
        double[] values = [.. Enumerable.Range(0, 20_001).Select(_ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-200, 200) / 50))];
        double[] given = [.. values];
        var sorted = values.Order().ToArray();
        Assert.Equal((Percentile(sorted, lower), Percentile(sorted, upper)), OrderStatistics.Percentiles(values, lower, upper));
        Assert.Equal(given, values);
        foreach (var value in (double[])[double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            values[7] = value;
            Assert.Equal((double.NaN, double.NaN), OrderStatistics.Percentiles(values, lower, upper));
        }

        values[7] = double.MaxValue;
        values[8] = double.MinValue;
        Assert.Equal(double.MinValue, OrderStatistics.Percentiles(values, 0, 50).Lower);
        Assert.Equal(double.MaxValue, OrderStatistics.Percentiles(values, 50, 100).Upper);
    }

    private static ExtractionSettings With(NormalisationSettings normalisation) => Case.Plain with { Normalisation = normalisation };

    private static void AssertIs(ProcessedRoi actual, Func<double, double> expected)
    {
        double[] values = [.. Image.Voxels.Where((_, i) => Roi.Voxels[i] != 0).Select(v => expected(v)).Order()];
        Assert.Equal(values.Length, actual.SortedIntensities.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], actual.SortedIntensities[i], 1e-5 * Math.Max(1, Math.Abs(values[i])));
        }
    }

    private static (double Mean, double Deviation) Naive(float[] values)
    {
        var mean = values.Average(v => (double)v);
        return (mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }

    private static double Percentile(double[] sorted, double percent)
    {
        var rank = percent / 100 * (sorted.Length - 1);
        var low = (int)rank;
        return rank == low ? sorted[low] : sorted[low] + (rank - low) * (sorted[low + 1] - sorted[low]);
    }
}
