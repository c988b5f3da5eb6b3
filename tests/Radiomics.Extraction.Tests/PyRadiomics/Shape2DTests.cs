namespace Radiomics.Extraction.Tests;

/// <summary>PyRadiomics' class shape2D, by hand.</summary>
public class Shape2DTests
{
    [Theory]
    [InlineData(SliceAxis.Z, 4, 2, 1)]
    [InlineData(SliceAxis.Y, 4, 1, 2)]
    [InlineData(SliceAxis.X, 1, 4, 2)]
    public void A_rectangle_has_its_corners_cut_off(SliceAxis across, int x, int y, int z)
    {
        // 4 × 2 pixels of 3 mm: 12 × 6 mm less a triangle of 1.5 × 1.5 mm at each corner; each corner's two sides of 1.5 mm become a diagonal.
        var features = Extract((x, y, z), [.. Enumerable.Repeat((byte)1, 8)], across);
        var diagonal = 1.5 * Math.Sqrt(2);
        var (surface, perimeter) = (72 - 4 * 1.125, 36 - 8 * 1.5 + 4 * diagonal);
        Assert.Equal(surface, features["original_shape2D_MeshSurface"]!.Value, 9);
        Assert.Equal(72, features["original_shape2D_PixelSurface"]!.Value, 9);
        Assert.Equal(perimeter, features["original_shape2D_Perimeter"]!.Value, 9);
        Assert.Equal(perimeter / surface, features["original_shape2D_PerimeterSurfaceRatio"]!.Value, 9);
        Assert.Equal(2 * Math.Sqrt(Math.PI * surface) / perimeter, features["original_shape2D_Sphericity"]!.Value, 9);

        // From a corner's cut to the opposite one's: 12 by 3 mm, or 9 by 6 mm.
        Assert.Equal(Math.Sqrt(153), features["original_shape2D_MaximumDiameter"]!.Value, 9);

        // Variances of −4.5 … 4.5 in steps of 3, and of ±1.5.
        Assert.Equal(4 * Math.Sqrt(11.25), features["original_shape2D_MajorAxisLength"]!.Value, 9);
        Assert.Equal(6, features["original_shape2D_MinorAxisLength"]!.Value, 9);
        Assert.Equal(1.5 / Math.Sqrt(11.25), features["original_shape2D_Elongation"]!.Value, 9);
        Assert.Equal(9, features.Count(f => f.Key.StartsWith("original_shape2D", StringComparison.Ordinal)));
    }

    [Fact]
    public void Its_names_are_among_those_that_settings_are_said_to_give()
    {
        var settings = PyRadiomicsDefaults.Settings with
        {
            Families = [FeatureFamily.Statistics],
            Texture = new() { Aggregations = [Aggregation.Averaged2Point5D] },
            PyRadiomics = new() { Shape2D = true, Features = new SortedDictionary<string, IReadOnlyList<string>> { ["shape2D"] = ["Perimeter"], ["firstorder"] = ["Mean"] } },
        };
        var names = PyRadiomicsCase.Extract((4, 2, 1), PyRadiomicsCase.Noise(8, 50), settings).Features.Keys;
        Assert.Equal(["original_firstorder_Mean", "original_shape2D_Perimeter"], names);
        Assert.Equal(names, FeatureNames.Of(settings).Select(f => f.Name));
    }

    [Fact]
    public void Pixels_that_touch_across_a_diagonal_keep_an_outline_each()
    {
        var features = Extract((2, 2, 1), [1, 0, 0, 1], SliceAxis.Z);
        Assert.Equal(2 * 4.5, features["original_shape2D_MeshSurface"]!.Value, 9);
        Assert.Equal(8 * 1.5 * Math.Sqrt(2), features["original_shape2D_Perimeter"]!.Value, 9);
        Assert.Equal(Math.Sqrt(36 + 9 + 0), features["original_shape2D_MaximumDiameter"]!.Value, 9);
        Assert.Equal(0, features["original_shape2D_MinorAxisLength"]!.Value, 9);
    }

    [Fact]
    public void An_roi_of_two_slices_is_refused()
    {
        var e = Assert.Throws<RadiomicsException>(() => Extract((2, 2, 2), [.. Enumerable.Repeat((byte)1, 8)], SliceAxis.Z));
        Assert.Equal("InvalidSettings", e.Code);
        Assert.Contains("2 across axis 0", e.Detail);
    }

    [Fact]
    public void Without_2d_textures_there_is_no_shape_in_a_slice()
    {
        var settings = Settings(SliceAxis.Z) with { Texture = new() { Aggregations = [Aggregation.Averaged3D] } };
        var vector = PyRadiomicsCase.Extract((4, 2, 1), PyRadiomicsCase.Noise(8, 9), settings);
        Assert.Null(vector.Features["original_shape2D_Perimeter"]);
        Assert.Contains("force2D", vector.Undefined["original_shape2D_Perimeter"]);
    }

    private static IReadOnlyDictionary<string, double?> Extract((int X, int Y, int Z) size, byte[] mask, SliceAxis across) =>
        PyRadiomicsCase.Extract(size, PyRadiomicsCase.Noise(mask.Length, 9), Settings(across), mask, spacing: 3).Features;

    private static ExtractionSettings Settings(SliceAxis across) => PyRadiomicsCase.Settings(1, new() { Shape2D = true, SliceAxis = across }) with
    {
        Texture = new() { Aggregations = [Aggregation.Averaged2Point5D] },
        Families = [],
    };
}
