using System.Numerics;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>
/// Magnitude of the gradient by central differences, per mm: <c>√Σ((next − previous) / (2·spacing))²</c>. At the image's border the border voxel
/// stands for the one beyond. PyRadiomics has the same definition.
/// </summary>
internal static class GradientFilter
{
    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    public static void Apply(FilterDomain domain, float[] response)
    {
        var (nx, ny, nz) = domain.Size;
        var box = domain.Output;
        var perX = (float)(0.5 / domain.Spacing.X);
        var perY = (float)(0.5 / domain.Spacing.Y);
        var perZ = (float)(0.5 / domain.Spacing.Z);
        var padded = new float[box.SizeX + 2];
        for (var z = box.Z; z < box.Z + box.SizeZ; z++)
        {
            for (var y = box.Y; y < box.Y + box.SizeY; y++)
            {
                var row = Row(y, z);
                row.Slice(box.X, box.SizeX).CopyTo(padded.AsSpan(1));
                padded[0] = row[Math.Max(box.X - 1, 0)];
                padded[^1] = row[Math.Min(box.X + box.SizeX, nx - 1)];
                Magnitudes(
                    padded,
                    Row(Math.Max(y - 1, 0), z).Slice(box.X, box.SizeX),
                    Row(Math.Min(y + 1, ny - 1), z).Slice(box.X, box.SizeX),
                    Row(y, Math.Max(z - 1, 0)).Slice(box.X, box.SizeX),
                    Row(y, Math.Min(z + 1, nz - 1)).Slice(box.X, box.SizeX),
                    (perX, perY, perZ),
                    response.AsSpan(((z - box.Z) * box.SizeY + y - box.Y) * box.SizeX, box.SizeX));
            }
        }

        ReadOnlySpan<float> Row(int y, int z) => domain.Voxels.AsSpan((z * ny + y) * nx, nx);
    }

    private static void Magnitudes(
        ReadOnlySpan<float> padded,
        ReadOnlySpan<float> lowY,
        ReadOnlySpan<float> highY,
        ReadOnlySpan<float> lowZ,
        ReadOnlySpan<float> highZ,
        (float X, float Y, float Z) per,
        Span<float> to)
    {
        var x = 0;
        for (; x <= to.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var dx = (new Vector<float>(padded[(x + 2)..]) - new Vector<float>(padded[x..])) * per.X;
            var dy = (new Vector<float>(highY[x..]) - new Vector<float>(lowY[x..])) * per.Y;
            var dz = (new Vector<float>(highZ[x..]) - new Vector<float>(lowZ[x..])) * per.Z;
            Vector.SquareRoot(dx * dx + dy * dy + dz * dz).StoreUnsafe(ref MemoryMarshal.GetReference(to[x..]));
        }

        for (; x < to.Length; x++)
        {
            var dx = (padded[x + 2] - padded[x]) * per.X;
            var dy = (highY[x] - lowY[x]) * per.Y;
            var dz = (highZ[x] - lowZ[x]) * per.Z;
            to[x] = MathF.Sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
}
