using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Learning;

/// <summary>
/// Sums over long vectors. The libraries' are as wide as the processor, so that a sum, and what is chosen by it, differs in the last bits from machine to machine;
/// these add in one order everywhere, 256 bits at a time.
/// </summary>
internal static class Vectors
{
    /// <summary>Σ a·b over two spans of one length.</summary>
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, INumber<T>
    {
        var x = MemoryMarshal.Cast<T, Vector256<T>>(a);
        var y = MemoryMarshal.Cast<T, Vector256<T>>(b[..a.Length]);
        var (even, odd) = (Vector256<T>.Zero, Vector256<T>.Zero);
        var i = 0;
        for (; i < x.Length - 1; i += 2)
        {
            even += x[i] * y[i];
            odd += x[i + 1] * y[i + 1];
        }

        if (i < x.Length)
        {
            even += x[i] * y[i];
        }

        var sum = Vector256.Sum(even + odd);
        for (i = x.Length * Vector256<T>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>to += by · a.</summary>
    public static void Add(Span<double> to, double by, ReadOnlySpan<double> a)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var sum = MemoryMarshal.Cast<double, Vector256<double>>(to[..a.Length]);
        for (var i = 0; i < x.Length; i++)
        {
            sum[i] += by * x[i];
        }

        for (var i = x.Length * Vector256<double>.Count; i < a.Length; i++)
        {
            to[i] += by * a[i];
        }
    }

    /// <summary>to = a ∘ b.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> to)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var product = MemoryMarshal.Cast<double, Vector256<double>>(to[..a.Length]);
        for (var i = 0; i < x.Length; i++)
        {
            product[i] = x[i] * y[i];
        }

        for (var i = x.Length * Vector256<double>.Count; i < a.Length; i++)
        {
            to[i] = a[i] * b[i];
        }
    }

    /// <summary>Σ a.</summary>
    public static double Sum(ReadOnlySpan<double> a)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var sums = Vector256<double>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            sums += x[i];
        }

        var sum = Vector256.Sum(sums);
        for (var i = x.Length * Vector256<double>.Count; i < a.Length; i++)
        {
            sum += a[i];
        }

        return sum;
    }
}
