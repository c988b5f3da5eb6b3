using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A region drawn as voxels (SEG, NIfTI).</summary>
internal sealed class MaskRegion(Mask mask) : IRegion
{
    private readonly Mask _mask = mask;

    /// <inheritdoc/>
    public Mask OnGrid(VolumeGeometry grid) => MaskResampler.Resample(_mask, grid);

    /// <inheritdoc/>
    public double ShareOutside(VolumeGeometry grid)
    {
        var own = _mask.Geometry;
        if (own.IsSameGridAs(grid))
        {
            return 0;
        }

        // A voxel's index on the other grid is linear in its own: one step a voxel instead of two changes of coordinates.
        var step = grid.ToIndex(own.ToPatient(1, 0, 0)) - grid.ToIndex(own.ToPatient(0, 0, 0));
        var (inside, outside) = (0L, 0L);
        for (var row = 0; row < own.SizeY * own.SizeZ; row++)
        {
            var line = _mask.Voxels.AsSpan(row * own.SizeX, own.SizeX);
            if (!line.Contains((byte)1))
            {
                continue;
            }

            var start = grid.ToIndex(own.ToPatient(0, row % own.SizeY, row / own.SizeY));
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] != 0)
                {
                    var at = start + (step * i);
                    inside++;
                    outside += Holds(at.X, grid.SizeX) && Holds(at.Y, grid.SizeY) && Holds(at.Z, grid.SizeZ) ? 0 : 1;
                }
            }
        }

        return inside == 0 ? 0 : (double)outside / inside;
    }

    /// <inheritdoc/>
    public bool IsSameAs(IRegion other) =>
        other is MaskRegion { _mask: var another } && _mask.Geometry.IsSameGridAs(another.Geometry) && _mask.Voxels.AsSpan().SequenceEqual(another.Voxels);

    private static bool Holds(double index, int size) => index >= -0.5 - 1e-6 && index <= size - 0.5 + 1e-6;
}
