using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>
/// Weighted sums of rows, what every pass of a separable filter comes down to: along x the rows are one row at shifted places, along y and z its neighbours.
/// Four vectors at a time stay in registers while the taps go by; a row's end is done by a block that overlaps the one before. Each voxel's sum runs
/// over the taps in order with fused multiply-add, whatever the vector's width: the same bytes on every machine.
/// </summary>
internal static class TapSums
{
    /// <summary><c>to[x] = Σ weights[t] · from[rows[t] + x]</c>.</summary>
    public static void One(float[] from, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> to)
    {
        Check(from, rows, to.Length);
        ref var source = ref MemoryMarshal.GetArrayDataReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var width = Vector<float>.Count;
        if (to.Length < width)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var sum = 0f;
                for (var t = 0; t < rows.Length; t++)
                {
                    sum = MathF.FusedMultiplyAdd(weights[t], Unsafe.Add(ref source, rows[t] + i), sum);
                }

                to[i] = sum;
            }

            return;
        }

        var x = 0;
        for (; x < to.Length && to.Length >= 4 * width; x += 4 * width)
        {
            x = Math.Min(x, to.Length - 4 * width);
            Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (var t = 0; t < rows.Length; t++)
            {
                ref var row = ref Unsafe.Add(ref source, rows[t] + x);
                var w = new Vector<float>(weights[t]);
                s0 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref row), s0);
                s1 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref row, (nuint)width), s1);
                s2 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref row, (nuint)(2 * width)), s2);
                s3 = Vector.FusedMultiplyAdd(w, Vector.LoadUnsafe(ref row, (nuint)(3 * width)), s3);
            }

            Store(ref Unsafe.Add(ref target, x), s0, s1, s2, s3);
        }

        for (; x < to.Length; x += width)
        {
            x = Math.Min(x, to.Length - width);
            Vector<float> s = default;
            for (var t = 0; t < rows.Length; t++)
            {
                s = Vector.FusedMultiplyAdd(new(weights[t]), Vector.LoadUnsafe(ref Unsafe.Add(ref source, rows[t] + x)), s);
            }

            s.StoreUnsafe(ref Unsafe.Add(ref target, x));
        }
    }

    /// <summary>Two sums of the same rows: <c>toA</c> with <c>weightsA</c>, <c>toB</c> with <c>weightsB</c>.</summary>
    public static void Two(float[] from, ReadOnlySpan<int> rows, ReadOnlySpan<float> weightsA, ReadOnlySpan<float> weightsB, Span<float> toA, Span<float> toB)
    {
        var width = Vector<float>.Count;
        if (toA.Length < 4 * width)
        {
            One(from, rows, weightsA, toA);
            One(from, rows, weightsB, toB);
            return;
        }

        Check(from, rows, toA.Length);
        ref var source = ref MemoryMarshal.GetArrayDataReference(from);
        for (var x = 0; x < toA.Length; x += 4 * width)
        {
            x = Math.Min(x, toA.Length - 4 * width);
            Vector<float> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector<float> b0 = default, b1 = default, b2 = default, b3 = default;
            for (var t = 0; t < rows.Length; t++)
            {
                ref var row = ref Unsafe.Add(ref source, rows[t] + x);
                var wa = new Vector<float>(weightsA[t]);
                var wb = new Vector<float>(weightsB[t]);
                var v = Vector.LoadUnsafe(ref row);
                a0 = Vector.FusedMultiplyAdd(wa, v, a0);
                b0 = Vector.FusedMultiplyAdd(wb, v, b0);
                v = Vector.LoadUnsafe(ref row, (nuint)width);
                a1 = Vector.FusedMultiplyAdd(wa, v, a1);
                b1 = Vector.FusedMultiplyAdd(wb, v, b1);
                v = Vector.LoadUnsafe(ref row, (nuint)(2 * width));
                a2 = Vector.FusedMultiplyAdd(wa, v, a2);
                b2 = Vector.FusedMultiplyAdd(wb, v, b2);
                v = Vector.LoadUnsafe(ref row, (nuint)(3 * width));
                a3 = Vector.FusedMultiplyAdd(wa, v, a3);
                b3 = Vector.FusedMultiplyAdd(wb, v, b3);
            }

            Store(ref toA[x], a0, a1, a2, a3);
            Store(ref toB[x], b0, b1, b2, b3);
        }
    }

    /// <summary>One sum of the rows of two arrays: <c>to[x] = Σ weightsA[t] · fromA[rows[t] + x] + weightsB[t] · fromB[rows[t] + x]</c>.</summary>
    public static void Both(float[] fromA, float[] fromB, ReadOnlySpan<int> rows, ReadOnlySpan<float> weightsA, ReadOnlySpan<float> weightsB, Span<float> to)
    {
        Check(fromA, rows, to.Length);
        Check(fromB, rows, to.Length);
        ref var sourceA = ref MemoryMarshal.GetArrayDataReference(fromA);
        ref var sourceB = ref MemoryMarshal.GetArrayDataReference(fromB);
        var width = Vector<float>.Count;
        if (to.Length < 4 * width)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var sum = 0f;
                for (var t = 0; t < rows.Length; t++)
                {
                    sum = MathF.FusedMultiplyAdd(weightsA[t], fromA[rows[t] + i], sum);
                    sum = MathF.FusedMultiplyAdd(weightsB[t], fromB[rows[t] + i], sum);
                }

                to[i] = sum;
            }

            return;
        }

        for (var x = 0; x < to.Length; x += 4 * width)
        {
            x = Math.Min(x, to.Length - 4 * width);
            Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (var t = 0; t < rows.Length; t++)
            {
                ref var a = ref Unsafe.Add(ref sourceA, rows[t] + x);
                ref var b = ref Unsafe.Add(ref sourceB, rows[t] + x);
                var wa = new Vector<float>(weightsA[t]);
                var wb = new Vector<float>(weightsB[t]);
                s0 = Vector.FusedMultiplyAdd(wb, Vector.LoadUnsafe(ref b), Vector.FusedMultiplyAdd(wa, Vector.LoadUnsafe(ref a), s0));
                s1 = Vector.FusedMultiplyAdd(
                    wb, Vector.LoadUnsafe(ref b, (nuint)width), Vector.FusedMultiplyAdd(wa, Vector.LoadUnsafe(ref a, (nuint)width), s1));
                s2 = Vector.FusedMultiplyAdd(
                    wb, Vector.LoadUnsafe(ref b, (nuint)(2 * width)), Vector.FusedMultiplyAdd(wa, Vector.LoadUnsafe(ref a, (nuint)(2 * width)), s2));
                s3 = Vector.FusedMultiplyAdd(
                    wb, Vector.LoadUnsafe(ref b, (nuint)(3 * width)), Vector.FusedMultiplyAdd(wa, Vector.LoadUnsafe(ref a, (nuint)(3 * width)), s3));
            }

            Store(ref to[x], s0, s1, s2, s3);
        }
    }

    /// <summary><c>to[x] = from[x] + number</c>; both may be the same.</summary>
    public static void Add(ReadOnlySpan<float> from, float number, Span<float> to)
    {
        var x = 0;
        for (var numbers = new Vector<float>(number); x <= from.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            (new Vector<float>(from[x..]) + numbers).CopyTo(to[x..]);
        }

        for (; x < from.Length; x++)
        {
            to[x] = from[x] + number;
        }
    }

    private static void Store(ref float to, Vector<float> s0, Vector<float> s1, Vector<float> s2, Vector<float> s3)
    {
        var width = (nuint)Vector<float>.Count;
        s0.StoreUnsafe(ref to);
        s1.StoreUnsafe(ref to, width);
        s2.StoreUnsafe(ref to, 2 * width);
        s3.StoreUnsafe(ref to, 3 * width);
    }

    private static void Check(float[] from, ReadOnlySpan<int> rows, int count)
    {
        foreach (var row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(row + count, from.Length, nameof(rows));
        }
    }
}
