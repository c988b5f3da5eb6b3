namespace Radiomics.Extraction.Tests;

/// <summary>Small images and ROIs to run the chain on.</summary>
internal static class Case
{
    public static readonly ExtractionSettings Plain = new()
    {
        Name = "test",
        Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 },
        Families = [FeatureFamily.Statistics],
    };

    public static VolumeGeometry Geometry(int x, int y, int z, double spacingX = 1, double spacingY = 1, double spacingZ = 1) => new()
    {
        SizeX = x,
        SizeY = y,
        SizeZ = z,
        SpacingX = spacingX,
        SpacingY = spacingY,
        SpacingZ = spacingZ,
    };

    /// <summary>An image with an intensity for each voxel index.</summary>
    public static Volume Image(VolumeGeometry g, Func<int, int, int, double> intensity)
    {
        var voxels = new float[g.Count];
        for (var i = 0; i < voxels.Length; i++)
        {
            voxels[i] = (float)intensity(i % g.SizeX, i / g.SizeX % g.SizeY, i / g.SizeX / g.SizeY);
        }

        return new(g, voxels);
    }

    public static Volume Random(VolumeGeometry geometry, int seed = 3)
    {
        var random = new Random(seed);
        return Image(geometry, (_, _, _) => random.Next(1000));
    }

    public static Mask Roi(VolumeGeometry geometry, Func<int, int, int, bool> isInside) =>
        new(geometry, [.. Image(geometry, (x, y, z) => isInside(x, y, z) ? 1 : 0).Voxels.Select(v => (byte)v)]);

    public static Mask Everything(VolumeGeometry geometry) => Roi(geometry, (_, _, _) => true);

    /// <summary>A block of voxels, both corners included.</summary>
    public static Mask Block(VolumeGeometry geometry, (int X, int Y, int Z) first, (int X, int Y, int Z) last) => Roi(
        geometry, (x, y, z) => x >= first.X && x <= last.X && y >= first.Y && y <= last.Y && z >= first.Z && z <= last.Z);

    /// <summary>The chain without anything around the ROI.</summary>
    public static ProcessedRoi Process(Volume image, Mask roi, ExtractionSettings settings, Mask? reference = null) =>
        ProcessedRoi.From(image, roi, settings.Validated(), new() { ReferenceRegion = reference }, new VoxelMargin());

    /// <summary>The whole image interpolated.</summary>
    public static RoiGrid Resample(Volume image, ResamplingSettings resampling) =>
        Process(image, Everything(image.Geometry), Plain with { Resampling = resampling }).Morphological;

    public static void AssertCode(string code, Func<object> run) => Assert.Equal(code, Assert.Throws<RadiomicsException>(run).Code);
}
