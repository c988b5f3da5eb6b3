using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>Small voxel grids to build series on.</summary>
public static class Grids
{
    /// <summary>12 × 10 × 6 voxels of 2 × 1.5 × 3 mm, slices from feet to head.</summary>
    public static VolumeGeometry Axial { get; } = new()
    {
        SizeX = 12,
        SizeY = 10,
        SizeZ = 6,
        SpacingX = 2,
        SpacingY = 1.5,
        SpacingZ = 3,
        Origin = new Point3(-10, -20, 30),
    };

    /// <summary>The same, cut from right to left.</summary>
    public static VolumeGeometry Sagittal { get; } = Axial with
    {
        DirectionX = new Point3(0, 1, 0),
        DirectionY = new Point3(0, 0, -1),
        DirectionZ = new Point3(-1, 0, 0),
    };

    /// <summary>The same, turned by 30° about z and then tilted by 20° about x.</summary>
    public static VolumeGeometry Oblique { get; } = Axial with
    {
        DirectionX = Turned(new Point3(1, 0, 0)),
        DirectionY = Turned(new Point3(0, 1, 0)),
        DirectionZ = Turned(new Point3(0, 0, 1)),
    };

    private static Point3 Turned(Point3 v)
    {
        var (sinZ, cosZ) = Math.SinCos(Math.PI / 6);
        var (sinX, cosX) = Math.SinCos(Math.PI / 9);
        var (x, y) = (v.X * cosZ - v.Y * sinZ, v.X * sinZ + v.Y * cosZ);
        return new Point3(x, y * cosX - v.Z * sinX, y * sinX + v.Z * cosX);
    }
}
