using System.Numerics;

namespace Radiomics.Extraction;

/// <summary>
/// Volume and area of the surface halfway between the voxels inside and outside a mask (marching cubes at 0.5, IBSI manual 3.1.1).
/// No mesh is stored: which of its eight corners are inside decides a cell's triangles, so cells are counted by these 256 cases, and
/// each case's share is known in advance.
/// </summary>
internal static class MarchingCubes
{
    /// <summary>Volume (mm³) and area (mm²).</summary>
    public static (double Volume, double Area) Measure(RoiGrid grid) => Measure(MaskRows.Of(grid.Mask, grid.Box), grid.Spacing, MarchingCubesTriangles.Table);

    /// <summary>The same with the triangles of any other table of <see cref="MarchingCubesTriangles"/>' form.</summary>
    public static (double Volume, double Area) Measure(MaskRows rows, (double X, double Y, double Z) spacing, ReadOnlySpan<byte> table)
    {
        var (area, flux, lift) = (new double[256], new double[256], new double[256]);
        for (var code = 1; code < 255; code++)
        {
            var triangles = table.Slice(code * MarchingCubesTriangles.Stride, MarchingCubesTriangles.Stride);
            for (var i = 0; i < triangles.Length && triangles[i] != MarchingCubesTriangles.None; i += 3)
            {
                var a = MarchingCubesTriangles.Middle(triangles[i], spacing);
                var b = MarchingCubesTriangles.Middle(triangles[i + 1], spacing);
                var c = MarchingCubesTriangles.Middle(triangles[i + 2], spacing);
                var normal = (b - a).Cross(c - a) * 0.5;
                area[code] += normal.Length;
                flux[code] += normal.Z;
                lift[code] += normal.Z * (a.Z + b.Z + c.Z) / 3;
            }
        }

        // The signed tetrahedra of a closed mesh add up to its flux of (0, 0, z) as well (divergence theorem); that needs the layer only.
        double volume = 0, surface = 0;
        var counts = new int[256];
        for (var layer = -1; layer < rows.SizeZ; layer++)
        {
            Array.Clear(counts);
            CountCases(rows, layer, counts);
            for (var code = 1; code < 255; code++)
            {
                volume += counts[code] * (flux[code] * layer * spacing.Z + lift[code]);
                surface += counts[code] * area[code];
            }
        }

        return (volume, surface);
    }

    /// <summary>
    /// Counts the cells between slice <paramref name="layer"/> and the next by case; bit x + 2y + 4z of a case is a corner. Of 64 cells at a time only those
    /// are looked at whose corners differ.
    /// </summary>
    private static void CountCases(MaskRows rows, int layer, int[] counts)
    {
        for (var y = -1; y < rows.SizeY; y++)
        {
            var a = rows.Row(y, layer);
            var b = rows.Row(y + 1, layer);
            var c = rows.Row(y, layer + 1);
            var d = rows.Row(y + 1, layer + 1);
            for (var i = 0; i < a.Length - 1; i++)
            {
                ulong a0 = a[i], b0 = b[i], c0 = c[i], d0 = d[i];
                var a1 = a0 >> 1 | a[i + 1] << 63;
                var b1 = b0 >> 1 | b[i + 1] << 63;
                var c1 = c0 >> 1 | c[i + 1] << 63;
                var d1 = d0 >> 1 | d[i + 1] << 63;
                var any = a0 | b0 | c0 | d0 | a1 | b1 | c1 | d1;
                var all = a0 & b0 & c0 & d0 & a1 & b1 & c1 & d1;
                for (var rest = any & ~all; rest != 0; rest &= rest - 1)
                {
                    var bit = BitOperations.TrailingZeroCount(rest);
                    var code = Bit(a0, bit) | Bit(a1, bit) << 1 | Bit(b0, bit) << 2 | Bit(b1, bit) << 3
                        | Bit(c0, bit) << 4 | Bit(c1, bit) << 5 | Bit(d0, bit) << 6 | Bit(d1, bit) << 7;
                    counts[code]++;
                }
            }
        }
    }

    private static int Bit(ulong word, int bit) => (int)(word >> bit) & 1;
}
