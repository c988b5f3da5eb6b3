using System.Numerics;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>Brings rows of responses together; what is no number stays none.</summary>
internal static class ResponsePooling
{
    /// <summary>Makes of responses those that count: themselves, their opposites, or the larger or smaller of both.</summary>
    public static void Sign(Span<float> responses, bool same, bool opposite, RotationInvariance pooling)
    {
        if (same && !opposite)
        {
            return;
        }

        foreach (ref var value in responses)
        {
            var magnitude = Math.Abs(value);
            value = !same ? -value : pooling == RotationInvariance.Max ? magnitude : -magnitude;
        }
    }

    /// <summary>Takes what is larger, or smaller, than what is there.</summary>
    public static void Take(ReadOnlySpan<float> from, Span<float> to, bool isFirst, RotationInvariance pooling)
    {
        if (isFirst)
        {
            from.CopyTo(to);
            return;
        }

        var x = 0;
        for (; x <= to.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var (a, b) = (new Vector<float>(from[x..]), new Vector<float>(to[x..]));
            (pooling == RotationInvariance.Max ? Vector.Max(a, b) : Vector.Min(a, b)).StoreUnsafe(ref MemoryMarshal.GetReference(to[x..]));
        }

        for (; x < to.Length; x++)
        {
            to[x] = pooling == RotationInvariance.Max ? Math.Max(from[x], to[x]) : Math.Min(from[x], to[x]);
        }
    }

    /// <summary>Adds weighted responses to what is there.</summary>
    public static void Sum(ReadOnlySpan<float> from, float weight, Span<float> to, bool isFirst)
    {
        if (isFirst)
        {
            to.Clear();
        }

        var x = 0;
        for (; x <= to.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector.FusedMultiplyAdd(new(weight), new Vector<float>(from[x..]), new Vector<float>(to[x..])).StoreUnsafe(ref MemoryMarshal.GetReference(to[x..]));
        }

        for (; x < to.Length; x++)
        {
            to[x] = MathF.FusedMultiplyAdd(weight, from[x], to[x]);
        }
    }

    /// <summary>Replaces responses by their magnitudes.</summary>
    public static void Magnitudes(Span<float> responses)
    {
        foreach (ref var value in responses)
        {
            value = Math.Abs(value);
        }
    }
}
