using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A voxel grid as lists of three: x, y, z. Millimetres, LPS.</summary>
public sealed record ManifestGeometry
{
    /// <summary>Voxels.</summary>
    public required IReadOnlyList<int> Size { get; init; }

    /// <summary>Distances of voxel centers.</summary>
    public required IReadOnlyList<double> Spacing { get; init; }

    /// <summary>Center of the first voxel.</summary>
    public required IReadOnlyList<double> Origin { get; init; }

    /// <summary>Unit vectors of growing column, row and slice index.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Direction { get; init; }

    /// <summary>Describes <paramref name="geometry"/>.</summary>
    public static ManifestGeometry Of(VolumeGeometry geometry) => new()
    {
        Size = [geometry.SizeX, geometry.SizeY, geometry.SizeZ],
        Spacing = [geometry.SpacingX, geometry.SpacingY, geometry.SpacingZ],
        Origin = List(geometry.Origin),
        Direction = [List(geometry.DirectionX), List(geometry.DirectionY), List(geometry.DirectionZ)],
    };

    /// <summary>Distance of slices less their thickness, mm; null if the thickness is unknown, or of a single slice, whose distance is made up of it.</summary>
    internal static double? SliceGapOf(VolumeGeometry geometry, double? thickness) =>
        geometry.SizeZ > 1 && thickness is { } known ? Math.Round(geometry.SpacingZ - known, 4) + 0.0 : null; // -0 + 0 is 0

    private static double[] List(Point3 point) => [point.X, point.Y, point.Z];
}
