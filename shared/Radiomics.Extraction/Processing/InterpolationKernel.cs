namespace Radiomics.Extraction;

/// <summary>Weights of the interpolators that only PyRadiomics has, as SimpleITK sets ITK's up.</summary>
internal static class InterpolationKernel
{
    /// <summary>Voxels on each side that a sinc takes.</summary>
    private const int SincRadius = 5;

    private const double GaussianSigma = 0.8;
    private const double GaussianCutoff = 4 * GaussianSigma;

    /// <summary>Old voxels a new one; 0: none of these interpolators.</summary>
    public static int Count(InterpolationMethod method) => method switch
    {
        InterpolationMethod.Gaussian => 8,
        InterpolationMethod.LabelGaussian => 3,
        >= InterpolationMethod.HammingSinc => 2 * SincRadius,
        _ => 0,
    };

    /// <summary>Whether voxels change where the new grid lies on the old one.</summary>
    public static bool Blurs(InterpolationMethod method) => method is InterpolationMethod.Gaussian or InterpolationMethod.LabelGaussian;

    /// <summary>The old voxels around a position, and their weights; a weight of 0 has the index of another one.</summary>
    public static void Fill(InterpolationMethod method, double position, int size, Span<int> index, Span<double> weight)
    {
        switch (method)
        {
            case InterpolationMethod.Gaussian:
                Gaussian(position, size, GaussianSigma, GaussianCutoff, index, weight);
                break;
            case InterpolationMethod.LabelGaussian:
                Gaussian(position, size, 1, 1, index, weight);
                break;
            default:
                Sinc(method, position, size, index, weight);
                break;
        }
    }

    /// <summary>The Gaussian's integral over each voxel within the cutoff; all weights add up to 1.</summary>
    private static void Gaussian(double position, int size, double sigma, double cutoff, Span<int> index, Span<double> weight)
    {
        var first = Math.Max(0, (int)Math.Floor(position + 0.5 - cutoff));
        var end = Math.Min(size, (int)Math.Ceiling(position + 0.5 + cutoff));
        double sum = 0;
        for (var t = 0; t < index.Length; t++)
        {
            var voxel = first + t;
            index[t] = Math.Min(voxel, end - 1);
            weight[t] = voxel < end ? Normal((voxel + 0.5 - position) / sigma) - Normal((voxel - 0.5 - position) / sigma) : 0;
            sum += weight[t];
        }

        foreach (ref var w in weight)
        {
            w /= sum;
        }
    }

    private static void Sinc(InterpolationMethod method, double position, int size, Span<int> index, Span<double> weight)
    {
        var low = (int)Math.Floor(position);
        var distance = position - low;
        for (var t = 0; t < index.Length; t++)
        {
            index[t] = Math.Clamp(low + 1 - SincRadius + t, 0, size - 1);
            var x = distance + SincRadius - 1 - t;
            weight[t] = distance == 0 ? (t == SincRadius - 1 ? 1 : 0) : Window(method, x) * Math.Sin(Math.PI * x) / (Math.PI * x);
            index[t] = weight[t] == 0 ? Math.Clamp(low, 0, size - 1) : index[t];
        }
    }

    private static double Window(InterpolationMethod method, double x)
    {
        var turn = Math.PI * x / SincRadius;
        return method switch
        {
            InterpolationMethod.HammingSinc => 0.54 + 0.46 * Math.Cos(turn),
            InterpolationMethod.CosineSinc => Math.Cos(turn / 2),
            InterpolationMethod.WelchSinc => 1 - x * x / (SincRadius * SincRadius),
            InterpolationMethod.LanczosSinc => Math.Sin(turn) / turn,
            _ => 0.42 + 0.5 * Math.Cos(turn) + 0.08 * Math.Cos(2 * turn),
        };
    }

    /// <summary>Twice the normal distribution's share between 0 and x, with x's sign: the error function of x/√2, by its series and farther out its continued fraction.</summary>
    private static double Normal(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        double value;
        if (z < 2.5)
        {
            // 2/√π · e^(−z²) · Σ 2ⁿ z^(2n+1) / (1·3·5 … (2n+1)): no terms of either sign that take each other away.
            double term = z, sum = z;
            for (var n = 1; term > 1e-17 * sum; n++)
            {
                term *= 2 * z * z / (2 * n + 1);
                sum += term;
            }

            value = 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum;
        }
        else
        {
            var fraction = z;
            for (var n = 60; n >= 1; n--)
            {
                fraction = z + n / 2.0 / fraction;
            }

            value = 1 - Math.Exp(-z * z) / (Math.Sqrt(Math.PI) * fraction);
        }

        return x < 0 ? -value : value;
    }
}
