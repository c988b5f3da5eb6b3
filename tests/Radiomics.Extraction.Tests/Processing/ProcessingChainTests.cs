using System.Text.Json;

namespace Radiomics.Extraction.Tests;

/// <summary>The chain as a whole.</summary>
public class ProcessingChainTests
{
    private static readonly ExtractionSettings Everything = Case.Plain with
    {
        Normalisation = new() { Method = NormalisationMethod.ZScoreImage, ClipSigma = 1.5, Scale = 100 },
        Resampling = new() { Method = InterpolationMethod.CubicSpline, Spacing = new(0.9, 0, 0.7) },
        Rounding = IntensityRounding.NearestInteger,
        ReSegmentation = new() { Lower = -120, OutlierSigma = 1.5 },
        WholeImageDiagnostics = true,
        Families = [FeatureFamily.Statistics, FeatureFamily.Histogram],
    };

    [Fact]
    public void One_thread_and_eight_give_the_same_bytes()
    {
        var image = Case.Random(Case.Geometry(70, 60, 50));
        var roi = Case.Roi(image.Geometry, (x, y, z) => (x - 30) * (x - 30) + (y - 30) * (y - 30) + (z - 25) * (z - 25) < 500);
        string Run(int threads) => JsonSerializer.Serialize(FeatureExtractor.Extract(image, roi, Everything with { Families = new ExtractionSettings { Name = "all" }.Families }, new() { MaxThreads = threads }), RadiomicsJson.Options);
        var expected = Run(1);
        Assert.Equal(expected, Run(8));
        Assert.Equal(expected, Run(3));
    }

    [Fact]
    public void The_chain_stops_when_the_run_is_cancelled()
    {
        var image = Case.Random(Case.Geometry(20, 20, 20));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => ProcessedRoi.From(image, Case.Everything(image.Geometry), Everything, new() { Cancellation = cancelled.Token }));
    }

    [Fact]
    public void The_whole_image_is_checked_only_on_demand_and_changes_nothing_else()
    {
        var image = Case.Random(Case.Geometry(20, 20, 20));
        var roi = Case.Block(image.Geometry, (4, 5, 6), (14, 12, 13));
        var with = Case.Process(image, roi, Everything);
        var without = Case.Process(image, roi, Everything with { WholeImageDiagnostics = false });
        string[] tags = [.. with.Diagnostics.Keys.Except(without.Diagnostics.Keys).Order(StringComparer.Ordinal)];
        Assert.Equal(["max_int_init_img", "max_int_interp_img", "mean_int_init_img", "mean_int_interp_img", "min_int_init_img", "min_int_interp_img"], tags);
        Assert.All(without.Diagnostics, d => Assert.Equal(d.Value, with.Diagnostics[d.Key]));
        Assert.Equal(image.Voxels.Average(v => (double)v), with.Diagnostics["mean_int_init_img"], 1e-9);
        Assert.Equal(image.Voxels.Max(), with.Diagnostics["max_int_init_img"]);
        Assert.Equal(without.SortedIntensities, with.SortedIntensities);
    }

    [Fact]
    public void Checks_of_a_whole_image_leave_out_what_is_no_number()
    {
        var image = Case.Random(Case.Geometry(20, 20, 20));
        var roi = Case.Block(image.Geometry, (4, 5, 6), (14, 12, 13));
        image.Voxels[0] = float.NaN;
        image.Voxels[1] = float.PositiveInfinity;
        var diagnostics = Case.Process(image, roi, Case.Plain with { WholeImageDiagnostics = true }).Diagnostics;
        Assert.Equal(image.Voxels.Skip(2).Average(v => (double)v), diagnostics["mean_int_init_img"], 1e-9);
        Assert.Equal(image.Voxels.Skip(2).Max(), diagnostics["max_int_init_img"]);
    }

    [Fact]
    public void Intensities_are_rounded_with_ties_to_even()
    {
        var image = Case.Image(Case.Geometry(4, 1, 1), (x, _, _) => x + 0.5);
        var processed = Case.Process(image, Case.Everything(image.Geometry), Case.Plain with { Rounding = IntensityRounding.NearestInteger });
        Assert.Equal([0, 2, 2, 4], processed.SortedIntensities);
    }

    [Fact]
    public void Any_number_but_0_in_a_mask_is_inside()
    {
        var image = Case.Random(Case.Geometry(8, 8, 8));
        var roi = Case.Block(image.Geometry, (2, 2, 2), (5, 6, 4));
        var other = new Mask(roi.Geometry, Array.ConvertAll(roi.Voxels, v => (byte)(v * 5)));
        var resampled = Case.Plain with { Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 1.5 } };
        Assert.Equal(Case.Process(image, roi, Case.Plain).Diagnostics, Case.Process(image, other, Case.Plain).Diagnostics);
        Assert.Equal(Case.Process(image, roi, resampled).Diagnostics, Case.Process(image, other, resampled).Diagnostics);
    }
}
