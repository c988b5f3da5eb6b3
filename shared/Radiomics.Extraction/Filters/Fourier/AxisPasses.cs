using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Transforms all lines of a grid along one axis, in place: eight lines go through <see cref="HartleyTransform"/> at a time, in double precision.</summary>
internal static class AxisPasses
{
    private const int Lines = HartleyTransform.Lines;

    /// <summary>Transforms <paramref name="voxels"/>, x fastest, along <paramref name="axis"/> (0 to 2 for x to z), times <paramref name="scale"/>.</summary>
    public static void Run(
        float[] voxels, (int X, int Y, int Z) size, int axis, double scale, int threads, CancellationToken cancellation)
    {
        var (length, step) = axis switch { 0 => (size.X, 1), 1 => (size.Y, size.X), _ => (size.Z, size.X * size.Y) };
        // Along y and z, lines that are neighbours along x lie beside each other; along x, neighbours along y are rows.
        var (planes, planeStep, lines, lineStep) = axis switch
        {
            0 => (size.Z, size.X * size.Y, size.Y, size.X),
            1 => (size.Z, size.X * size.Y, size.X, 1),
            _ => (size.Y, size.X, size.X, 1),
        };
        SliceWork.Run(planes, threads, () => new HartleyTransform(length), (plane, transform) =>
        {
            cancellation.ThrowIfCancellationRequested();
            for (var line = 0; line < lines; line += Lines)
            {
                var count = Math.Min(Lines, lines - line);
                var first = plane * planeStep + line * lineStep;
                Read(voxels, first, step, lineStep, count, transform);
                transform.Run(scale);
                Write(voxels, first, step, lineStep, count, transform);
            }
        });
    }

    private static void Read(float[] voxels, int first, int step, int lineStep, int count, HartleyTransform to)
    {
        var (a, b) = (to.A, to.B);
        if (lineStep == 1 && count == Lines)
        {
            for (var i = 0; i < a.Length; i++)
            {
                (a[i], b[i]) = Vector256.Widen(Vector256.Create<float>(voxels.AsSpan(first + i * step, Lines)));
            }

            return;
        }

        Span<double> lanes = stackalloc double[Lines];
        lanes.Clear();
        _ = voxels.AsSpan(first, (count - 1) * lineStep + (a.Length - 1) * step + 1);
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(voxels), first);
        for (var i = 0; i < a.Length; i++)
        {
            for (var line = 0; line < count; line++)
            {
                lanes[line] = Unsafe.Add(ref from, line * lineStep + i * step);
            }

            (a[i], b[i]) = (Vector256.Create<double>(lanes), Vector256.Create<double>(lanes[(Lines / 2)..]));
        }
    }

    private static void Write(float[] voxels, int first, int step, int lineStep, int count, HartleyTransform from)
    {
        var (a, b) = (from.A, from.B);
        if (lineStep == 1 && count == Lines)
        {
            for (var i = 0; i < a.Length; i++)
            {
                Vector256.Narrow(a[i], b[i]).CopyTo(voxels.AsSpan(first + i * step, Lines));
            }

            return;
        }

        Span<float> lanes = stackalloc float[Lines];
        _ = voxels.AsSpan(first, (count - 1) * lineStep + (a.Length - 1) * step + 1);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(voxels), first);
        for (var i = 0; i < a.Length; i++)
        {
            Vector256.Narrow(a[i], b[i]).CopyTo(lanes);
            for (var line = 0; line < count; line++)
            {
                Unsafe.Add(ref to, line * lineStep + i * step) = lanes[line];
            }
        }
    }
}
