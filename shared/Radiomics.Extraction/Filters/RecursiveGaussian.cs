using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// A Gaussian, or its second derivative, along lines as a recursive filter of fourth order: one run forward and one backward, whose responses add up.
/// Each half's impulse response is <c>Σ (aⱼ·cos(wⱼk/σ) + bⱼ·sin(wⱼk/σ))·e^(lⱼk/σ)</c>, two damped oscillations fitted to the Gaussian
/// (Deriche, INRIA report 1893; constants of Farnebäck and Westin, J. Math. Imaging Vis. 26, 2006). Beyond its ends a line goes on with its end voxels.
/// </summary>
internal sealed class RecursiveGaussian
{
    /// <summary>Order of the recursion, and the fewest voxels of a line.</summary>
    public const int Order = 4;

    /// <summary>Lines that run beside each other.</summary>
    public const int Lanes = 8;

    private static readonly (double W, double L)[] _poles = [(0.6681, -1.3932), (2.0787, -1.3732)];
    private static readonly (double A, double B)[] _gauss = [(1.3530, 1.8151), (-0.3531, 0.0902)];
    private static readonly (double A, double B)[] _second = [(-1.3563, 5.2318), (0.3446, -2.2355)];

    private readonly double[] _forward;
    private readonly double[] _backward;
    private readonly double[] _feedback;

    /// <param name="forward">Weights of this and the three previous voxels.</param>
    /// <param name="feedback">Weights of the four previous responses, which are subtracted; after a 1.</param>
    private RecursiveGaussian(double[] forward, double[] feedback)
    {
        (_forward, _feedback) = (forward, feedback);

        // The other half mirrors this one, but without the voxel itself, which this one has.
        _backward = new double[Order];
        for (var k = 1; k <= Order; k++)
        {
            _backward[k - 1] = (k < Order ? forward[k] : 0) - feedback[k] * forward[0];
        }
    }

    /// <summary>A Gaussian of <paramref name="sigma"/> voxels; a constant stays what it is.</summary>
    public static RecursiveGaussian Smoothing(double sigma)
    {
        var feedback = Feedback(sigma);
        var forward = Forward(_gauss, feedback, sigma);
        return Scaled(forward, feedback, 1 / Total(forward, feedback));
    }

    /// <summary>Its second derivative in voxels, times <paramref name="scale"/>; a constant gives 0, and <c>x²</c> twice the scale.</summary>
    public static RecursiveGaussian SecondDerivative(double sigma, double scale)
    {
        var feedback = Feedback(sigma);
        var gauss = Forward(_gauss, feedback, sigma);
        var forward = Forward(_second, feedback, sigma);
        var share = -Total(forward, feedback) / Total(gauss, feedback);
        for (var k = 0; k < Order; k++)
        {
            forward[k] += share * gauss[k];
        }

        return Scaled(forward, feedback, scale / HalfSecondMoment(forward, feedback));
    }

    /// <summary>Filters the first <paramref name="count"/> voxels of the lines.</summary>
    public void Run(LineBuffer lines, int count)
    {
        ref var from = ref MemoryMarshal.GetArrayDataReference(lines.Input);
        ref var to = ref MemoryMarshal.GetArrayDataReference(lines.Output);
        for (var lane = 0; lane < Lanes; lane += Vector256<double>.Count)
        {
            Forward(ref from, ref to, lane, count);
            Backward(ref from, ref to, lane, count);
        }
    }

    private void Forward(ref double from, ref double to, int lane, int count)
    {
        var (n0, n1, n2, n3) = (Vector256.Create(_forward[0]), Vector256.Create(_forward[1]), Vector256.Create(_forward[2]), Vector256.Create(_forward[3]));
        var (d1, d2, d3, d4) = (Vector256.Create(-_feedback[1]), Vector256.Create(-_feedback[2]), Vector256.Create(-_feedback[3]), Vector256.Create(-_feedback[4]));
        var x1 = Vector256.LoadUnsafe(ref from, (nuint)lane);
        var (x2, x3) = (x1, x1);
        var y1 = x1 * (Sum(_forward) / Sum(_feedback));
        var (y2, y3, y4) = (y1, y1, y1);
        for (var i = 0; i < count; i++)
        {
            var at = (nuint)(i * Lanes + lane);
            var x0 = Vector256.LoadUnsafe(ref from, at);
            var y0 = n0 * x0;
            y0 = Vector256.FusedMultiplyAdd(n1, x1, y0);
            y0 = Vector256.FusedMultiplyAdd(n2, x2, y0);
            y0 = Vector256.FusedMultiplyAdd(n3, x3, y0);
            y0 = Vector256.FusedMultiplyAdd(d4, y4, y0);
            y0 = Vector256.FusedMultiplyAdd(d3, y3, y0);
            y0 = Vector256.FusedMultiplyAdd(d2, y2, y0);
            y0 = Vector256.FusedMultiplyAdd(d1, y1, y0);
            y0.StoreUnsafe(ref to, at);
            (x3, x2, x1) = (x2, x1, x0);
            (y4, y3, y2, y1) = (y3, y2, y1, y0);
        }
    }

    private void Backward(ref double from, ref double to, int lane, int count)
    {
        var (m1, m2, m3, m4) = (Vector256.Create(_backward[0]), Vector256.Create(_backward[1]), Vector256.Create(_backward[2]), Vector256.Create(_backward[3]));
        var (d1, d2, d3, d4) = (Vector256.Create(-_feedback[1]), Vector256.Create(-_feedback[2]), Vector256.Create(-_feedback[3]), Vector256.Create(-_feedback[4]));
        var x1 = Vector256.LoadUnsafe(ref from, (nuint)((count - 1) * Lanes + lane));
        var (x2, x3, x4) = (x1, x1, x1);
        var y1 = x1 * (Sum(_backward) / Sum(_feedback));
        var (y2, y3, y4) = (y1, y1, y1);
        for (var i = count - 1; i >= 0; i--)
        {
            var at = (nuint)(i * Lanes + lane);
            var y0 = m1 * x1;
            y0 = Vector256.FusedMultiplyAdd(m2, x2, y0);
            y0 = Vector256.FusedMultiplyAdd(m3, x3, y0);
            y0 = Vector256.FusedMultiplyAdd(m4, x4, y0);
            y0 = Vector256.FusedMultiplyAdd(d4, y4, y0);
            y0 = Vector256.FusedMultiplyAdd(d3, y3, y0);
            y0 = Vector256.FusedMultiplyAdd(d2, y2, y0);
            y0 = Vector256.FusedMultiplyAdd(d1, y1, y0);
            (Vector256.LoadUnsafe(ref to, at) + y0).StoreUnsafe(ref to, at);
            (x4, x3, x2, x1) = (x3, x2, x1, Vector256.LoadUnsafe(ref from, at));
            (y4, y3, y2, y1) = (y3, y2, y1, y0);
        }
    }

    /// <summary>The denominator: for each oscillation a pair of conjugate poles.</summary>
    private static double[] Feedback(double sigma)
    {
        double[] product = [1, 0, 0, 0, 0];
        foreach (var (w, l) in _poles)
        {
            var decay = Math.Exp(l / sigma);
            var (linear, square) = (-2 * decay * Math.Cos(w / sigma), decay * decay);
            for (var k = Order; k >= 0; k--)
            {
                product[k] += (k > 0 ? linear * product[k - 1] : 0) + (k > 1 ? square * product[k - 2] : 0);
            }
        }

        return product;
    }

    /// <summary>The numerator that makes the first four values of the impulse response come out right; the others then do.</summary>
    private static double[] Forward((double A, double B)[] amplitudes, double[] feedback, double sigma)
    {
        var response = new double[Order];
        for (var k = 0; k < Order; k++)
        {
            for (var j = 0; j < amplitudes.Length; j++)
            {
                var (sin, cos) = Math.SinCos(_poles[j].W * k / sigma);
                response[k] += (amplitudes[j].A * cos + amplitudes[j].B * sin) * Math.Exp(_poles[j].L * k / sigma);
            }
        }

        var forward = new double[Order];
        for (var k = 0; k < Order; k++)
        {
            for (var i = 0; i <= k; i++)
            {
                forward[k] += feedback[i] * response[k - i];
            }
        }

        return forward;
    }

    private static RecursiveGaussian Scaled(double[] forward, double[] feedback, double scale) =>
        new(Array.ConvertAll(forward, n => n * scale), feedback);

    /// <summary>Sum of the whole impulse response: both halves, the middle once.</summary>
    private static double Total(double[] forward, double[] feedback) => 2 * Sum(forward) / Sum(feedback) - forward[0];

    /// <summary><c>Σ k²·h(k)</c> of one half: the second derivative of numerator over denominator by the logarithm of their variable, at 1.</summary>
    private static double HalfSecondMoment(double[] forward, double[] feedback)
    {
        var (n0, n1, n2) = Moments(forward);
        var (d0, d1, d2) = Moments(feedback);
        return (n2 - (n0 * d2 + 2 * n1 * d1) / d0 + 2 * n0 * d1 * d1 / (d0 * d0)) / d0;
    }

    private static (double, double, double) Moments(double[] values)
    {
        double m0 = 0, m1 = 0, m2 = 0;
        for (var k = 0; k < values.Length; k++)
        {
            m0 += values[k];
            m1 += k * values[k];
            m2 += k * k * values[k];
        }

        return (m0, m1, m2);
    }

    private static double Sum(double[] values) => Moments(values).Item1;
}
