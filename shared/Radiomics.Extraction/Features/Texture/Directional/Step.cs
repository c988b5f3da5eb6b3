namespace Radiomics.Extraction;

/// <summary>From a voxel to its neighbour, in voxels along the grid's axes.</summary>
internal readonly record struct Step(int X, int Y, int Z)
{
    /// <summary>
    /// The 13 directions of a 26-connected neighbourhood, one of each opposite pair (IBSI manual 3.6); those within a slice come first. A larger
    /// Chebyshev distance multiplies them, as the manual has it: there are 13 at any distance.
    /// </summary>
    public static readonly Step[] Directions =
    [
        new(1, 0, 0), new(1, 1, 0), new(0, 1, 0), new(-1, 1, 0),
        new(0, 0, 1), new(1, 0, 1), new(-1, 0, 1), new(0, 1, 1), new(0, -1, 1), new(1, 1, 1), new(-1, 1, 1), new(1, -1, 1), new(-1, -1, 1),
    ];

    /// <summary>The 4 directions of an 8-connected neighbourhood within a slice.</summary>
    public static ReadOnlySpan<Step> InPlane => Directions.AsSpan(0, 4);

    /// <summary>So many times as far in the same direction.</summary>
    public static Step operator *(Step step, int factor) => new(step.X * factor, step.Y * factor, step.Z * factor);

    /// <summary>Distance of the two voxels' indices in a grid's <see cref="GreyLevelGrid.Ranks"/>.</summary>
    public int IndexOffset(GreyLevelGrid grid) => Z * grid.StrideZ + Y * grid.StrideY + X;

    /// <summary>Square of the step's length in mm by a norm; 0 without weighting.</summary>
    public double SquaredLength((double X, double Y, double Z) spacing, DistanceWeighting norm)
    {
        var (x, y, z) = (Math.Abs(X) * spacing.X, Math.Abs(Y) * spacing.Y, Math.Abs(Z) * spacing.Z);
        return norm switch
        {
            DistanceWeighting.Manhattan => (x + y + z) * (x + y + z),
            DistanceWeighting.Euclidean => x * x + y * y + z * z,
            DistanceWeighting.Infinity => Math.Max(x, Math.Max(y, z)) * Math.Max(x, Math.Max(y, z)),
            _ => 0,
        };
    }
}
