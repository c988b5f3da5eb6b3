namespace Radiomics.Extraction;

/// <summary>
/// Where a voxel grid lies: the center of voxel (i, j, k) is at <c>Origin + i·SpacingX·DirectionX + j·SpacingY·DirectionY + k·SpacingZ·DirectionZ</c>,
/// in millimetres, LPS patient coordinates (DICOM PS3.3 C.7.6.2). Voxels are stored x fastest.
/// </summary>
public sealed record VolumeGeometry
{
    /// <summary>By how many mm corners of grids that count as the same may lie apart: positions in files are often rounded floats.</summary>
    public const double SameGridTolerance = 1e-2;

    /// <summary>Voxels along x (columns).</summary>
    public required int SizeX { get; init; }

    /// <summary>Voxels along y (rows).</summary>
    public required int SizeY { get; init; }

    /// <summary>Voxels along z (slices).</summary>
    public required int SizeZ { get; init; }

    /// <summary>Distance of voxel centers along x, mm, &gt; 0.</summary>
    public required double SpacingX { get; init; }

    /// <summary>Distance of voxel centers along y, mm, &gt; 0.</summary>
    public required double SpacingY { get; init; }

    /// <summary>Distance of voxel centers along z, mm, &gt; 0.</summary>
    public required double SpacingZ { get; init; }

    /// <summary>Center of voxel (0, 0, 0), mm, LPS.</summary>
    public Point3 Origin { get; init; } = Point3.Zero;

    /// <summary>Unit vector of growing column index.</summary>
    public Point3 DirectionX { get; init; } = new(1, 0, 0);

    /// <summary>Unit vector of growing row index.</summary>
    public Point3 DirectionY { get; init; } = new(0, 1, 0);

    /// <summary>Unit vector of growing slice index.</summary>
    public Point3 DirectionZ { get; init; } = new(0, 0, 1);

    /// <summary>Number of voxels.</summary>
    public int Count => checked(SizeX * SizeY * SizeZ);

    /// <summary>Volume of one voxel, mm³.</summary>
    public double VoxelVolume => SpacingX * SpacingY * SpacingZ;

    /// <summary>Position of index (i, j, k), which may be fractional, in mm LPS.</summary>
    public Point3 ToPatient(double i, double j, double k) =>
        Origin + DirectionX * (i * SpacingX) + DirectionY * (j * SpacingY) + DirectionZ * (k * SpacingZ);

    /// <summary>Fractional index of a position in mm LPS. The directions are taken as orthonormal.</summary>
    public Point3 ToIndex(Point3 position)
    {
        var offset = position - Origin;
        return new(offset.Dot(DirectionX) / SpacingX, offset.Dot(DirectionY) / SpacingY, offset.Dot(DirectionZ) / SpacingZ);
    }

    /// <summary>Whether two grids have the same voxels, to within <paramref name="tolerance"/> mm at every corner.</summary>
    public bool IsSameGridAs(VolumeGeometry other, double tolerance = SameGridTolerance)
    {
        if ((SizeX, SizeY, SizeZ) != (other.SizeX, other.SizeY, other.SizeZ))
        {
            return false;
        }

        foreach (var i in (ReadOnlySpan<int>)[0, SizeX - 1])
        {
            foreach (var j in (ReadOnlySpan<int>)[0, SizeY - 1])
            {
                foreach (var k in (ReadOnlySpan<int>)[0, SizeZ - 1])
                {
                    if ((ToPatient(i, j, k) - other.ToPatient(i, j, k)).Length > tolerance)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }
}
