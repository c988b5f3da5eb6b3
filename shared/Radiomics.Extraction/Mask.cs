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
}
