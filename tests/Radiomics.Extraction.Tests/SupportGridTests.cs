namespace Radiomics.Extraction.Tests;

/// <summary>The processed image around an ROI.</summary>
public class SupportGridTests
{
    private static readonly VolumeGeometry Geometry = new() { SizeX = 20, SizeY = 18, SizeZ = 14, SpacingX = 1, SpacingY = 1.3, SpacingZ = 2 };

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
        var (image, roi) = Block((6, 5, 4), (12, 11, 9));
        var settings = Settings with { Resampling = method == InterpolationMethod.None ? new() : Settings.Resampling with { Method = method } };
        var plain = ProcessedRoi.From(image, roi, settings, ExtractionOptions.Default, new VoxelMargin());
        var processed = ProcessedRoi.From(image, roi, settings, ExtractionOptions.Default, new VoxelMargin(3, 2, 1));
        Assert.Null(plain.Support);
        Assert.Equal(plain.SortedIntensities, processed.SortedIntensities);
        Assert.Equal(plain.Diagnostics, processed.Diagnostics);

        var support = processed.Support!;
        var box = processed.Morphological.Box;
        Assert.Equal((3, 2, 1), support.Offset);
        Assert.Equal(box.Grow(new(3, 2, 1), support.GridSize), support.Box);
        Assert.Equal(box.CutFrom(support.Intensities, support.Box), processed.Morphological.Intensities);
        Assert.All(support.Intensities, v => Assert.Equal(MathF.Round(v), v));
        Assert.True(support.Intensities.Distinct().Count() > 50);
    }

    [Fact]
    public void The_support_ends_at_the_images_border_and_says_so()
    {
        var (image, roi) = Block((0, 5, 10), (8, 17, 13));
        var support = ProcessedRoi.From(image, roi, Settings with { Resampling = new() }, ExtractionOptions.Default, new VoxelMargin(2, 2, 2)).Support!;
        Assert.Equal(new VoxelBox(0, 3, 8, 11, 15, 6), support.Box);
        Assert.Equal((0, 2, 2), support.Offset);
        Assert.Equal(((true, false), (false, true), (false, true)), support.IsImageBorder);
    }

    /// <summary>A random image with a block as ROI, both corners included.</summary>
    private static (Volume Image, Mask Roi) Block((int X, int Y, int Z) first, (int X, int Y, int Z) last)
    {
        var random = new Random(3);
        var voxels = new float[Geometry.Count];
        var mask = new byte[Geometry.Count];
        for (var i = 0; i < voxels.Length; i++)
        {
            voxels[i] = random.Next(1000);
            var (x, y, z) = (i % Geometry.SizeX, i / Geometry.SizeX % Geometry.SizeY, i / Geometry.SizeX / Geometry.SizeY);
            mask[i] = x >= first.X && x <= last.X && y >= first.Y && y <= last.Y && z >= first.Z && z <= last.Z ? (byte)1 : (byte)0;
        }

        return (new(Geometry, voxels), new(Geometry, mask));
    }
}
