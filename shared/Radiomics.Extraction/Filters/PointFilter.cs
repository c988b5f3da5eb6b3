namespace Radiomics.Extraction;

/// <summary>
/// Filters that look at one voxel: square <c>x²</c>, square root <c>sign(x)·√|x|</c>, logarithm <c>sign(x)·ln(|x| + 1)</c>, exponential <c>eˣ</c>.
/// PyRadiomics scales each so that the image's largest magnitude m stays what it is: <c>x²/m</c>, <c>sign(x)·√(m·|x|)</c>,
/// <c>sign(x)·ln(|x| + 1)·m/ln(m + 1)</c> and <c>e^(x·ln(m)/m)</c>; m is that of the whole domain, in an image of zeros 1.
/// </summary>
/// <remarks>A response is a float: squares end at |x| = 1.8·10¹⁹, and exponentials, if they aren't scaled, at x = 88.7.</remarks>
internal static class PointFilter
{
    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    public static void Apply(FilterDomain domain, FilterType type, bool rescaled, float[] response)
    {
        var largest = rescaled ? Largest(domain) : 1;
        var scale = type switch
        {
            FilterType.Square => 1 / largest,
            FilterType.SquareRoot => largest,
            FilterType.Logarithm when rescaled => largest / Math.Log(largest + 1),
            FilterType.Exponential when rescaled => Math.Log(largest) / largest,
            _ => 1,
        };
        var box = domain.Output;
        for (var z = 0; z < box.SizeZ; z++)
        {
            for (var y = 0; y < box.SizeY; y++)
            {
                var from = ((box.Z + z) * domain.Size.Y + box.Y + y) * domain.Size.X + box.X;
                Row(domain.Voxels.AsSpan(from, box.SizeX), type, scale, response.AsSpan((z * box.SizeY + y) * box.SizeX, box.SizeX));
            }
        }
    }

    private static void Row(ReadOnlySpan<float> from, FilterType type, double scale, Span<float> to)
    {
        switch (type)
        {
            case FilterType.Square:
                for (var i = 0; i < from.Length; i++)
                {
                    to[i] = (float)(scale * from[i] * from[i]);
                }

                break;
            case FilterType.SquareRoot:
                for (var i = 0; i < from.Length; i++)
                {
                    to[i] = (float)Math.CopySign(Math.Sqrt(scale * Math.Abs(from[i])), from[i]);
                }

                break;
            case FilterType.Logarithm:
                for (var i = 0; i < from.Length; i++)
                {
                    to[i] = (float)Math.CopySign(scale * Math.Log(Math.Abs((double)from[i]) + 1), from[i]);
                }

                break;
            default:
                for (var i = 0; i < from.Length; i++)
                {
                    to[i] = (float)Math.Exp(scale * from[i]);
                }

                break;
        }
    }

    /// <summary>The largest magnitude of the whole domain, which sees NaN as well.</summary>
    private static double Largest(FilterDomain domain)
    {
        var largest = 0f;
        foreach (var voxel in domain.Voxels.AsSpan(0, domain.Size.X * domain.Size.Y * domain.Size.Z))
        {
            largest = Math.Max(largest, Math.Abs(voxel));
        }

        return largest == 0 ? 1 : largest;
    }
}
