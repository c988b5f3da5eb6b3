using System.Numerics.Tensors;

namespace Radiomics.Extraction;

/// <summary>
/// Filters that look at one voxel: square <c>x²</c>, square root <c>sign(x)·√|x|</c>, logarithm <c>sign(x)·ln(|x| + 1)</c>, exponential <c>eˣ</c>.
/// PyRadiomics scales each so that the image's largest magnitude m stays what it is: <c>x²/m</c>, <c>sign(x)·√(m·|x|)</c>,
/// <c>sign(x)·ln(|x| + 1)·m/ln(m + 1)</c> and <c>e^(x·ln(m)/m)</c>; m is that of the whole domain, in an image of zeros 1.
/// </summary>
internal static class PointFilter
{
    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    public static void Apply(FilterDomain domain, FilterType type, bool rescaled, float[] response)
    {
        double largest = rescaled ? Math.Abs(TensorPrimitives.MaxMagnitude<float>(domain.Voxels.AsSpan(0, domain.Size.X * domain.Size.Y * domain.Size.Z))) : 1;
        largest = largest > 0 ? largest : 1;
        var box = domain.Output;
        for (var z = 0; z < box.SizeZ; z++)
        {
            for (var y = 0; y < box.SizeY; y++)
            {
                var from = ((box.Z + z) * domain.Size.Y + box.Y + y) * domain.Size.X + box.X;
                Row(domain.Voxels.AsSpan(from, box.SizeX), type, largest, response.AsSpan((z * box.SizeY + y) * box.SizeX, box.SizeX), rescaled);
            }
        }
    }

    private static void Row(ReadOnlySpan<float> from, FilterType type, double largest, Span<float> to, bool rescaled)
    {
        switch (type)
        {
            case FilterType.Square:
                TensorPrimitives.Multiply(from, (float)(1 / Math.Sqrt(largest)), to);
                TensorPrimitives.Multiply(to, to, to);
                break;
            case FilterType.SquareRoot:
                TensorPrimitives.Abs(from, to);
                TensorPrimitives.Multiply(to, (float)largest, to);
                TensorPrimitives.Sqrt(to, to);
                TensorPrimitives.CopySign(to, from, to);
                break;
            case FilterType.Logarithm:
                TensorPrimitives.Abs(from, to);
                TensorPrimitives.LogP1<float>(to, to);
                TensorPrimitives.Multiply(to, rescaled ? (float)(largest / Math.Log(largest + 1)) : 1, to);
                TensorPrimitives.CopySign(to, from, to);
                break;
            default:
                TensorPrimitives.Multiply(from, rescaled ? (float)(Math.Log(largest) / largest) : 1, to);
                TensorPrimitives.Exp<float>(to, to);
                break;
        }
    }
}
