using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The smallest box of voxels, ends inclusive, that holds all of a mask's inside.</summary>
internal readonly record struct MaskBounds(int FromX, int ToX, int FromY, int ToY, int FromZ, int ToZ)
{
    /// <summary>The box of <paramref name="mask"/>; null if nothing is inside.</summary>
    public static MaskBounds? Of(Mask mask)
    {
        var grid = mask.Geometry;
        var box = new MaskBounds(int.MaxValue, -1, int.MaxValue, -1, int.MaxValue, -1);
        for (var row = 0; row < grid.SizeY * grid.SizeZ; row++)
        {
            var line = mask.Voxels.AsSpan(row * grid.SizeX, grid.SizeX);
            var first = line.IndexOf((byte)1);
            if (first >= 0)
            {
                var (y, z) = (row % grid.SizeY, row / grid.SizeY);
                box = new MaskBounds(
                    Math.Min(box.FromX, first), Math.Max(box.ToX, line.LastIndexOf((byte)1)),
                    Math.Min(box.FromY, y), Math.Max(box.ToY, y),
                    Math.Min(box.FromZ, z), Math.Max(box.ToZ, z));
            }
        }

        return box.ToX < 0 ? null : box;
    }
}
