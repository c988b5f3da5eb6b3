namespace Radiomics.Extraction;

/// <summary>
/// Filters that look at one voxel: square <c>x²</c>, square root <c>sign(x)·√|x|</c>, logarithm <c>sign(x)·ln(|x| + 1)</c>, exponential <c>eˣ</c>.
/// PyRadiomics scales each so that the image's largest magnitude m stays what it is: <c>x²/m</c>, <c>sign(x)·√(m·|x|)</c>,
/// <c>sign(x)·ln(|x| + 1)·m/ln(m + 1)</c> and <c>e^(x·ln(m)/m)</c>; m is that of the whole domain, in an image of zeros 1.
/// </summary>
/// <remarks>A response to floats is a float: squares end at |x| = 1.8·10¹⁹, and exponentials, if they aren't scaled, at x = 88.7.</remarks>
internal static class PointFilter
{
    /// <summary>Filters a domain of floats.</summary>
    public static void Apply(FilterDomain domain, FilterType type, bool rescaled, float[] response) => Apply(domain, domain.Voxels, type, rescaled, response);

    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <param name="domain">Where.</param>
    /// <param name="voxels">Its voxels, floats or doubles.</param>
    /// <param name="type">Which filter.</param>
    /// <param name="rescaled">Whether as PyRadiomics has it.</param>
    /// <param name="response">The map, of the voxels' precision.</param>
    public static void Apply<T>(FilterDomain domain, T[] voxels, FilterType type, bool rescaled, T[] response)
        where T : unmanaged
    {
        var largest = rescaled ? Largest<T>(voxels.AsSpan(0, domain.Size.X * domain.Size.Y * domain.Size.Z)) : 1;
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
                Row<T>(voxels.AsSpan(from, box.SizeX), type, scale, response.AsSpan((z * box.SizeY + y) * box.SizeX, box.SizeX));
            }
        }
    }

    private static void Row<T>(ReadOnlySpan<T> from, FilterType type, double scale, Span<T> to)
        where T : unmanaged
    {
        switch (type)
        {
            case FilterType.Square:
                for (var i = 0; i < from.Length; i++)
                {
                    var x = Real.ToDouble(from[i]);
                    to[i] = Real.From<T>(scale * x * x);
                }

                break;
            case FilterType.SquareRoot:
                for (var i = 0; i < from.Length; i++)
                {
                    var x = Real.ToDouble(from[i]);
                    to[i] = Real.From<T>(Math.CopySign(Math.Sqrt(scale * Math.Abs(x)), x));
                }

                break;
            case FilterType.Logarithm:
                for (var i = 0; i < from.Length; i++)
                {
                    var x = Real.ToDouble(from[i]);
                    to[i] = Real.From<T>(Math.CopySign(scale * Math.Log(Math.Abs(x) + 1), x));
                }

                break;
            default:
                for (var i = 0; i < from.Length; i++)
                {
                    to[i] = Real.From<T>(Math.Exp(scale * Real.ToDouble(from[i])));
                }

                break;
        }
    }

    /// <summary>The largest magnitude of the whole domain, which sees NaN as well.</summary>
    private static double Largest<T>(ReadOnlySpan<T> voxels)
        where T : unmanaged
    {
        var largest = 0.0;
        foreach (var voxel in voxels)
        {
            largest = Math.Max(largest, Math.Abs(Real.ToDouble(voxel)));
        }

        return largest == 0 ? 1 : largest;
    }
}
