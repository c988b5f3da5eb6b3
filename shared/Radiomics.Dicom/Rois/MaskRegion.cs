using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A region drawn as voxels (SEG).</summary>
internal sealed class MaskRegion(Mask mask) : IRegion
{
    /// <inheritdoc/>
    public Mask OnGrid(VolumeGeometry grid) => MaskResampler.Resample(mask, grid);

    /// <inheritdoc/>
    public double ShareOutside(VolumeGeometry grid)
    {
        var own = mask.Geometry;
        var step = grid.ToIndex(own.ToPatient(1, 0, 0)) - grid.ToIndex(own.ToPatient(0, 0, 0));
        var (inside, outside) = (0L, 0L);
        for (var row = 0; row < own.SizeY * own.SizeZ; row++)
        {
            var line = mask.Voxels.AsSpan(row * own.SizeX, own.SizeX);
            var first = line.IndexOf((byte)1);
            var start = first < 0 ? Point3.Zero : grid.ToIndex(own.ToPatient(0, row % own.SizeY, row / own.SizeY));
            for (var i = first; i >= 0 && i < line.Length; i++)
            {
                var at = start + step * i;
                inside += line[i];
                outside += Holds(at.X, grid.SizeX) && Holds(at.Y, grid.SizeY) && Holds(at.Z, grid.SizeZ) ? 0 : line[i];
            }
        }

        return inside == 0 ? 0 : (double)outside / inside;
    }

    private static bool Holds(double index, int size) => index >= -0.5 - 1e-6 && index <= size - 0.5 + 1e-6;
}
