using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>Lines of an image beside each other, as a recursive filter reads and writes them: voxel i of line l at <c>i · Lanes + l</c>.</summary>
internal sealed class LineBuffer(int length)
{
    private const int Lanes = RecursiveGaussian.Lanes;

    public double[] Input { get; } = new double[length * Lanes];

    public double[] Output { get; } = new double[length * Lanes];

    /// <summary>Reads lines that lie beside each other in memory: voxel i of line l at <c>first + i · step + l</c>.</summary>
    public void Read(float[] from, int first, int step, int lines, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var row = from.AsSpan(first + i * step, lines);
            var to = Input.AsSpan(i * Lanes, Lanes);
            if (lines == Lanes)
            {
                var (low, high) = Vector256.Widen(Vector256.Create<float>(row));
                low.CopyTo(to);
                high.CopyTo(to[(Lanes / 2)..]);
                continue;
            }

            for (var l = 0; l < row.Length; l++)
            {
                to[l] = row[l];
            }
        }
    }

    /// <summary>Writes such lines, from voxel <paramref name="skip"/> on.</summary>
    public void Write(float[] to, int first, int step, int lines, int skip, int count, bool add)
    {
        for (var i = 0; i < count; i++)
        {
            var row = to.AsSpan(first + i * step, lines);
            var from = Output.AsSpan((skip + i) * Lanes, Lanes);
            if (lines == Lanes)
            {
                var low = Vector256.Create<double>(from);
                var high = Vector256.Create<double>(from[(Lanes / 2)..]);
                if (add)
                {
                    var (beforeLow, beforeHigh) = Vector256.Widen(Vector256.Create<float>(row));
                    (low, high) = (beforeLow + low, beforeHigh + high);
                }

                Vector256.Narrow(low, high).CopyTo(row);
                continue;
            }

            for (var l = 0; l < row.Length; l++)
            {
                row[l] = (float)(add ? row[l] + from[l] : from[l]);
            }
        }
    }

    /// <summary>Reads rows, which lie one after the other: voxel i of line l at <c>first + l · step + i</c>, less <paramref name="center"/>.</summary>
    public void ReadAcross(float[] from, int first, int step, int lines, int count, float center)
    {
        _ = from.AsSpan(first, (lines - 1) * step + count);
        ref var source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(from), first);
        ref var to = ref MemoryMarshal.GetReference(Input.AsSpan(0, count * Lanes));
        for (var i = 0; i < count; i++)
        {
            for (var l = 0; l < lines; l++)
            {
                Unsafe.Add(ref to, i * Lanes + l) = Unsafe.Add(ref source, l * step + i) - center;
            }
        }
    }

    /// <summary>Writes such rows, from voxel <paramref name="skip"/> on.</summary>
    public void WriteAcross(float[] to, int first, int step, int lines, int skip, int count)
    {
        _ = to.AsSpan(first, (lines - 1) * step + count);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(to), first);
        ref var from = ref MemoryMarshal.GetReference(Output.AsSpan(skip * Lanes, count * Lanes));
        for (var i = 0; i < count; i++)
        {
            for (var l = 0; l < lines; l++)
            {
                Unsafe.Add(ref target, l * step + i) = (float)Unsafe.Add(ref from, i * Lanes + l);
            }
        }
    }
}
