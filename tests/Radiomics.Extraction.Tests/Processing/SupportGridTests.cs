namespace Radiomics.Extraction.Tests;

/// <summary>The processed image around an ROI.</summary>
public class SupportGridTests
{
    private static readonly VolumeGeometry Geometry = Case.Geometry(20, 18, 14, 1, 1.3, 2);
    private static readonly Volume Image = Case.Random(Geometry);

    private static readonly ExtractionSettings Settings = new()
    {
        Name = "test",
        Normalisation = new() { Method = NormalisationMethod.ZScoreImage, Scale = 50 },
        Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 1.5 },
        Rounding = IntensityRounding.NearestInteger,
    };

    [Theory]
    [InlineData(InterpolationMethod.None)]
    [InlineData(InterpolationMethod.Nearest)]
    [InlineData(InterpolationMethod.Linear)]
    [InlineData(InterpolationMethod.CubicSpline)]
    public void The_support_holds_the_ROIs_own_intensities_and_goes_on_around_them(InterpolationMethod method)
    {
        var roi = Case.Block(Geometry, (6, 5, 4), (12, 11, 9));
        var settings = Settings with { Resampling = method == InterpolationMethod.None ? new() : Settings.Resampling with { Method = method } };
        var plain = ProcessedRoi.From(Image, roi, settings, ExtractionOptions.Default, new VoxelMargin());
        var processed = ProcessedRoi.From(Image, roi, settings, ExtractionOptions.Default, new VoxelMargin(3, 2, 1));
        Assert.Null(plain.Support);
        Assert.Equal(plain.SortedIntensities, processed.SortedIntensities);
        Assert.Equal(plain.Diagnostics, processed.Diagnostics);

        var support = processed.Support!;
        var box = processed.Morphological.Box;
        Assert.Equal((3, 2, 1), support.Offset);
        Assert.Equal(box.Grow(new(3, 2, 1), processed.Morphological.GridSize), support.Box);
        Assert.Equal(box.CutFrom(support.Intensities, support.Box).Floats, processed.Morphological.Intensities.Floats);
        Assert.All(support.Intensities.Floats, v => Assert.Equal(MathF.Round(v), v));
        Assert.True(support.Intensities.Floats.Distinct().Count() > 50);
    }

    [Fact]
    public void The_support_ends_at_the_images_border()
    {
        var roi = Case.Block(Geometry, (0, 5, 10), (8, 17, 13));
        var support = ProcessedRoi.From(Image, roi, Settings with { Resampling = new() }, ExtractionOptions.Default, new VoxelMargin(2, 2, 2)).Support!;
        Assert.Equal(new VoxelBox(0, 3, 8, 11, 15, 6), support.Box);
        Assert.Equal((0, 2, 2), support.Offset);
    }
}
