namespace Radiomics.Extraction.Tests;

/// <summary>The images that a run shows to who looks: where they lie, and that they are what features are measured of.</summary>
public sealed class ExtractionMapsTests
{
    private static readonly Point3 s_x = new Point3(0.8, 0.6, 0).Normalized();
    private static readonly Point3 s_z = s_x.Cross(new Point3(0.1, -0.2, 0.9)).Normalized();

    /// <summary>Oblique, of uneven spacing, and far from the origin.</summary>
    private static readonly VolumeGeometry s_oblique = Case.Geometry(20, 16, 12, 1.1, 1.3, 2.5) with
    {
        Origin = new(-120.5, 33.25, 871),
        DirectionX = s_x,
        DirectionY = s_z.Cross(s_x),
        DirectionZ = s_z,
    };

    private static readonly ExtractionSettings s_pyRadiomics = Case.Plain with
    {
        Conventions = Conventions.PyRadiomics,
        Texture = new() { Aggregations = [Aggregation.Averaged3D] },
    };

    [Theory]
    [InlineData(GridAlignment.Center, null)]
    [InlineData(GridAlignment.Center, 2.0)]
    [InlineData(GridAlignment.Origin, null)]
    [InlineData(GridAlignment.Origin, 2.0)]
    public void An_interpolated_map_lies_where_the_image_lies(GridAlignment alignment, double? margin)
    {
        var resampling = new ResamplingSettings { Method = InterpolationMethod.Linear, Spacing = new(1.7, 0.9, 2), Alignment = alignment };
        AssertPlace(Case.Plain with { Resampling = resampling }, margin, edge: 3);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2.0)]
    public void So_does_one_on_the_image_s_own_grid(double? margin) => AssertPlace(Case.Plain, margin, edge: 0);

    [Theory]
    [InlineData(null)]
    [InlineData(2.0)]
    public void So_does_one_of_PyRadiomics_resampling(double? margin)
    {
        var resampling = new ResamplingSettings
        {
            Method = InterpolationMethod.Linear,
            RoiMethod = InterpolationMethod.Nearest,
            Spacing = new(1.7, 0.9, 2),
            Alignment = GridAlignment.Origin,
        };
        AssertPlace(s_pyRadiomics with { Resampling = resampling }, margin, edge: 3);
    }

    [Fact]
    public void So_does_one_that_PyRadiomics_crops() => AssertPlace(
        s_pyRadiomics with { PyRadiomics = new() { PreCrop = true, PadDistance = 2 }, Filters = [new() { Type = FilterType.Square }] }, null, edge: 0);

    [Fact]
    public void Without_a_margin_maps_are_as_large_as_the_image()
    {
        var maps = Show(Ramp(), Case.Plain with { Filters = [new() { Type = FilterType.Gradient }] });
        Assert.All(maps.Images.Values, map => Assert.True(map.Geometry.IsSameGridAs(s_oblique)));
        Assert.All(maps.Masks.Values, mask => Assert.True(mask.Geometry.IsSameGridAs(s_oblique)));
        Assert.Equal(Roi().Voxels, maps.Masks["mask_morphological"].Voxels);
    }

    [Fact]
    public void A_margin_ends_them_so_many_millimetres_beyond_the_region()
    {
        var map = Show(Ramp(), Case.Plain, margin: 2.6).Images["image"].Geometry;

        // The region has 6 × 5 × 4 voxels of 1.1 × 1.3 × 2.5 mm, from (5, 4, 3) on.
        Assert.Equal((6 + 6, 5 + 4, 4 + 4), (map.SizeX, map.SizeY, map.SizeZ));
        Assert.True((map.Origin - s_oblique.ToPatient(2, 2, 1)).Length < 1e-9);
    }

    [Theory]
    [MemberData(nameof(BothConventions))]
    public void Features_are_those_of_the_maps(string name, string feature)
    {
        var settings = Filtered(name);
        var image = Case.Random(s_oblique);
        var maps = new KeptMaps();
        var vector = FeatureExtractor.Extract(image, Roi(), settings, new() { Maps = maps });
        Assert.Equal(vector.Features[feature]!.Value, maps.Inside(name).Average(v => (double)v), 1e-4);
        Assert.Equal(maps.Masks["mask_intensity"].CountInside(), maps.Inside("image").Count(v => v is >= 100 and <= 800));
        Assert.NotEqual(maps.Masks["mask_intensity"].CountInside(), Roi().CountInside());
    }

    [Theory]
    [MemberData(nameof(BothConventions))]
    public void Who_looks_changes_no_bit_of_a_feature(string name, string feature)
    {
        var (image, settings) = (Case.Random(s_oblique), Filtered(name));
        var alone = FeatureExtractor.Extract(image, Roi(), settings);
        var watched = FeatureExtractor.Extract(image, Roi(), settings, new() { Maps = new KeptMaps() });
        Assert.Contains(feature, alone.Features.Keys);
        Assert.Equal(alone.Features, watched.Features);
        Assert.Equal(alone.Diagnostics, watched.Diagnostics);
    }

    [Fact]
    public void Every_band_of_a_wavelet_is_shown_by_its_name()
    {
        var maps = Show(Case.Random(s_oblique), Case.Plain with { Filters = [new() { Type = FilterType.Wavelet, Wavelet = "coif1" }] });
        Assert.Equal(
            ["LLL", "LLH", "LHL", "LHH", "HLL", "HLH", "HHL", "HHH"],
            maps.Images.Keys.Where(n => n != "image").Select(n => n.Replace("wavelet_coif1_", "", StringComparison.Ordinal)).Order(Comparer<string>.Create(Bands)));
        Assert.Equal(9, maps.Images.Values.Select(map => map.Voxels.Sum(v => (double)v * v)).Distinct().Count());
    }

    public static TheoryData<string, string> BothConventions => new()
    {
        { "log_s3.0mm", "log_s3.0mm__stat_mean" },
        { "log-sigma-3-0-mm-3D", "log-sigma-3-0-mm-3D_firstorder_Mean" },
    };

    private static int Bands(string a, string b) => string.CompareOrdinal(a.Replace('L', 'A'), b.Replace('L', 'A'));

    private static ExtractionSettings Filtered(string name) => (name.Contains('-', StringComparison.Ordinal) ? s_pyRadiomics : Case.Plain) with
    {
        Filters = [new() { Type = FilterType.Log, Sigma = 3 }],
        ReSegmentation = new() { Lower = 100, Upper = 800 },
    };

    private static KeptMaps Show(Volume image, ExtractionSettings settings, double? margin = null)
    {
        var maps = new KeptMaps(margin);
        FeatureExtractor.Extract(image, Roi(), settings, new() { Maps = maps });
        return maps;
    }

    private static Mask Roi() => Case.Block(s_oblique, (5, 4, 3), (10, 8, 6));

    /// <summary>An image whose intensity tells where in the patient a voxel lies, and whose interpolation is exact.</summary>
    private static Volume Ramp() => Case.Image(s_oblique, (i, j, k) => At(s_oblique.ToPatient(i, j, k)));

    private static double At(Point3 p) => 3 * (p.X + 120.5) - 7 * (p.Y - 33.25) + 11 * (p.Z - 871);

    private static void AssertPlace(ExtractionSettings settings, double? margin, int edge)
    {
        var map = Show(Ramp(), settings, margin).Images["image"];
        var g = map.Geometry;
        var seen = 0;
        for (var index = 0; index < g.Count; index++)
        {
            var place = g.ToPatient(index % g.SizeX, index / g.SizeX % g.SizeY, index / g.SizeX / g.SizeY);
            var at = s_oblique.ToIndex(place);
            if (at.X > edge && at.Y > edge && at.Z > edge && at.X < 19 - edge && at.Y < 15 - edge && at.Z < 11 - edge)
            {
                Assert.Equal(At(place), map.Voxels[index], 1e-3);
                seen++;
            }
        }

        Assert.True(seen > 60, $"{seen} voxels of the map lie in the image.");
    }
}
