using System.Runtime.InteropServices;

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
            for (var l = 0; l < row.Length; l++)
            {
                row[l] = (float)(add ? row[l] + from[l] : from[l]);
            }
        }
    }

    /// <summary>Reads rows, which lie one after the other: voxel i of line l at <c>first + l · step + i</c>, less <paramref name="center"/>.</summary>
    public void ReadAcross(float[] from, int first, int step, int lines, int count, float center)
    {
        for (var l = 0; l < lines; l++)
        {
            var row = from.AsSpan(first + l * step, count);
            ref var to = ref MemoryMarshal.GetArrayDataReference(Input);
            for (var i = 0; i < row.Length; i++)
            {
                System.Runtime.CompilerServices.Unsafe.Add(ref to, i * Lanes + l) = row[i] - center;
            }
        }
    }

    /// <summary>Writes such rows, from voxel <paramref name="skip"/> on.</summary>
    public void WriteAcross(float[] to, int first, int step, int lines, int skip, int count)
    {
        for (var l = 0; l < lines; l++)
        {
            var row = to.AsSpan(first + l * step, count);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (float)Output[(skip + i) * Lanes + l];
            }
        }
    }
}
