namespace Radiomics.Extraction;

/// <summary>A region of interest on a voxel grid: 1 inside, 0 outside, x fastest.</summary>
public sealed class Mask
{
    /// <summary>Wraps <paramref name="voxels"/> (not copied); its length must be the grid's voxel count.</summary>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public Mask(VolumeGeometry geometry, byte[] voxels)
    {
        if (voxels.Length != geometry.Count)
        {
            throw new ArgumentException($"{voxels.Length} voxels for a grid of {geometry.Count}.", nameof(voxels));
        }

        Geometry = geometry;
        Voxels = voxels;
    }

    /// <summary>The grid.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>0 or 1; index <c>(k·SizeY + j)·SizeX + i</c>.</summary>
    public byte[] Voxels { get; }

    /// <summary>Number of voxels inside.</summary>
    public int CountInside()
    {
        var count = 0;
        foreach (var voxel in Voxels)
        {
            count += voxel;
        }

        return count;
    }

    /// <summary>
    /// The same region in the order of <paramref name="grid"/>, if that has the same voxels: this mask where they are stored in the same order, a copy where axes are
    /// flipped or permuted, null if the grids differ. Nothing is lost, and nothing interpolated.
    /// </summary>
    /// <param name="grid">The grid wanted.</param>
    /// <param name="tolerance">By how many mm corners may lie apart.</param>
    public Mask? Reindexed(VolumeGeometry grid, double tolerance = VolumeGeometry.SameGridTolerance)
    {
        if (grid.IsSameGridAs(Geometry, tolerance))
        {
            return this;
        }

        var order = GridOrder.Closest(Geometry, grid);
        return grid.IsSameGridAs(order.Apply(Geometry), tolerance) ? new(grid, order.Apply(Geometry, Voxels)) : null;
    }

    /// <summary>
    /// The region on another grid, in physical space: a voxel is inside if its center is nearest to one that is inside, and outside where this mask ends. Without loss
    /// where <see cref="Reindexed"/> has a result. It may be empty.
    /// </summary>
    public Mask ResampledOnto(VolumeGeometry grid) => Reindexed(grid) ?? new(grid, MaskResampling.Nearest(this, grid));

    /// <summary>This region in the order of the image's grid.</summary>
    /// <exception cref="RadiomicsException"><c>GridMismatch</c>, with how they differ.</exception>
    internal Mask OnGridOf(Volume image, string what, double tolerance = VolumeGeometry.SameGridTolerance) =>
        Reindexed(image.Geometry, tolerance) ?? throw GridDifference.Error(image.Geometry, Geometry, what, tolerance);
}
