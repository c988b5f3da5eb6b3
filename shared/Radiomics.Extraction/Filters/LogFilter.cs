using System.Buffers;

namespace Radiomics.Extraction;

/// <summary>
/// Laplacian of Gaussian as IBSI-2 defines it: the kernel is the sampled second derivative of a Gaussian of <c>σ/spacing</c> voxels along each axis,
/// cut at 4σ (a box of <c>1 + 2⌊4σ + ½⌋</c> voxels); borders are mirrored.
/// </summary>
/// <remarks>
/// <para>
/// IBSI-2 knows cubic voxels, and gives the response per squared voxel edge. For other voxels the second derivatives are taken in mm, so that a ball
/// answers alike along each axis, and scaled by the square of the geometric mean of the spacings: for cubic voxels that is IBSI-2's response.
/// </para>
/// <para>
/// A cut and sampled kernel doesn't quite add up: what is missing from a Gaussian's sum of 1 and a derivative's sum of 0 is taken up, so that
/// a constant image gives 0. From σ = 1 voxel on that changes no weight by more than 1.1·10⁻³ of the largest; below, it keeps the filter meaningful.
/// </para>
/// </remarks>
internal static class LogFilter
{
    /// <summary>Where IBSI-2's kernel ends, in standard deviations.</summary>
    public const double DefaultCutoff = 4;

    // Far beyond what is of use; a kernel without bounds would take time and memory without bounds.
    private const int MaxReach = 256;

    /// <summary>Voxels that the kernel reaches along an axis.</summary>
    public static int Reach(double sigma, double spacing, double cutoff = DefaultCutoff) =>
        (int)Math.Min(Math.Floor(cutoff * sigma / spacing + 0.5), 1 << 16);

    /// <summary>Gaussian and second derivative along one axis, for a derivative in voxels.</summary>
    public static (Taps Gauss, Taps Second) Kernel(double sigma, double spacing, double cutoff = DefaultCutoff)
    {
        var reach = Reach(sigma, spacing, cutoff);
        var s = sigma / spacing;
        var gauss = new double[2 * reach + 1];
        var second = new double[gauss.Length];
        double sum = 0, sumSecond = 0;
        for (var i = 0; i < gauss.Length; i++)
        {
            var k = (i - reach) / s;
            gauss[i] = Math.Exp(-k * k / 2) / (Math.Sqrt(2 * Math.PI) * s);
            second[i] = (k * k - 1) / (s * s) * gauss[i];
            sum += gauss[i];
            sumSecond += second[i];
        }

        for (var i = 0; i < gauss.Length; i++)
        {
            gauss[i] /= sum;
            second[i] -= sumSecond * gauss[i];
        }

        return (new(gauss, -reach), new(second, -reach));
    }

    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <remarks>
    /// Six passes along one axis: Gaussian and derivative along x; along y the two that are left to smooth or derive once; along z their sum.
    /// Slices stream through: only those that the pass along z still sees are held.
    /// </remarks>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: σ is more than 64 voxels.</exception>
    public static void Apply(FilterDomain domain, double sigma, float[] response, CancellationToken cancellation)
    {
        var finest = Math.Min(domain.Spacing.X, Math.Min(domain.Spacing.Y, domain.Spacing.Z));
        ExtractionSettings.Require(Reach(sigma, finest) <= MaxReach, "A 'log' filter's 'sigma' must not be more than 64 voxels.");
        var unit = Math.Pow(domain.Spacing.X * domain.Spacing.Y * domain.Spacing.Z, 2.0 / 3);
        var (gaussX, secondX) = Scaled(sigma, domain.Spacing.X, unit);
        var (gaussY, secondY) = Scaled(sigma, domain.Spacing.Y, unit);
        var (gaussZ, secondZ) = Scaled(sigma, domain.Spacing.Z, unit);
        var source = new SliceSource(domain, BorderRule.Mirror, gaussX, gaussY, gaussZ);
        var (width, height) = (domain.Output.SizeX, domain.Output.SizeY);
        var plane = width * height;
        var taps = gaussZ.Count;

        // Along x: smoothed, derived. Along y: smoothed twice; derived once and smoothed once, either way.
        var smooth = new float[source.Rows * width];
        var derived = new float[smooth.Length];
        var ring = ArrayPool<float>.Shared.Rent(checked(taps * plane));
        var ringDerived = ArrayPool<float>.Shared.Rent(checked(taps * plane));
        Span<int> rows = new int[Math.Max(taps, gaussY.Count)];
        for (var slice = 0; slice < source.Slices; slice++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var y = 0; y < source.Rows; y++)
            {
                source.Read(y, slice);
                TapSums.Two(
                    source.RowBuffer, source.ShiftsX, gaussX.Weights, secondX.Weights, smooth.AsSpan(y * width, width), derived.AsSpan(y * width, width));
            }

            var slot = slice % taps * plane;
            for (var y = 0; y < height; y++)
            {
                var rowsY = rows[..gaussY.Count];
                for (var t = 0; t < rowsY.Length; t++)
                {
                    rowsY[t] = source.ShiftsY[t] + y * width;
                }

                TapSums.One(smooth, rowsY, gaussY.Weights, ring.AsSpan(slot + y * width, width));
                TapSums.Both(smooth, derived, rowsY, secondY.Weights, gaussY.Weights, ringDerived.AsSpan(slot + y * width, width));
            }

            var z = slice - (taps - 1);
            for (var y = 0; y < height && z >= 0; y++)
            {
                var rowsZ = rows[..taps];
                for (var t = 0; t < taps; t++)
                {
                    rowsZ[t] = (z + t) % taps * plane + y * width;
                }

                TapSums.Both(ring, ringDerived, rowsZ, secondZ.Weights, gaussZ.Weights, response.AsSpan(z * plane + y * width, width));
            }
        }

        ArrayPool<float>.Shared.Return(ring);
        ArrayPool<float>.Shared.Return(ringDerived);
    }

    /// <summary>The same within slices or the volume, for any cut and border: slower, since the filters along z aren't brought together before.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the kernel reaches too far.</exception>
    public static void Apply(FilterDomain domain, FilterSettings filter, float[] response, CancellationToken cancellation) =>
        SeparableFilter.Apply(domain, Plan(domain, filter), filter.Border, response, cancellation);

    /// <summary>What is to be computed on a domain.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the kernel is too wide.</exception>
    public static SeparablePlan Plan(FilterDomain domain, FilterSettings filter)
    {
        var (sigma, cutoff, spacing) = (filter.Sigma!.Value, filter.Cutoff ?? DefaultCutoff, domain.Spacing);
        var finest = Math.Min(spacing.X, filter.IsInSlices ? spacing.Y : Math.Min(spacing.Y, spacing.Z));
        ExtractionSettings.Require(
            Reach(sigma, finest, cutoff) <= MaxReach, $"A 'log' filter's 'sigma' times its 'cutoff' must not be more than {MaxReach} voxels.");
        var unit = filter.IsInSlices ? spacing.X * spacing.Y : Math.Pow(spacing.X * spacing.Y * spacing.Z, 2.0 / 3);
        var (gaussX, secondX) = Kernels(spacing.X);
        var (gaussY, secondY) = Kernels(spacing.Y);
        var none = (AxisKernel.None, KernelPart.Plain);
        var (gaussZ, secondZ) = filter.IsInSlices ? (none, none) : Kernels(spacing.Z);
        return filter.IsInSlices
            ? SeparablePlan.Sum((new(secondX, gaussY, none), Share(spacing.X)), (new(gaussX, secondY, none), Share(spacing.Y)))
            : SeparablePlan.Sum(
                (new(secondX, gaussY, gaussZ), Share(spacing.X)), (new(gaussX, secondY, gaussZ), Share(spacing.Y)), (new(gaussX, gaussY, secondZ), Share(spacing.Z)));
        double Share(double step) => unit / (step * step);

        ((AxisKernel, KernelPart) Gauss, (AxisKernel, KernelPart) Second) Kernels(double step)
        {
            var (gauss, second) = Kernel(sigma, step, cutoff);
            return ((AxisKernel.Of("gauss", gauss), KernelPart.Plain), (AxisKernel.Of("second", second), KernelPart.Plain));
        }
    }

    private static (Taps Gauss, Taps Second) Scaled(double sigma, double spacing, double unit)
    {
        var (gauss, second) = Kernel(sigma, spacing);
        var scale = unit / (spacing * spacing);
        return (gauss, new(Array.ConvertAll(second.Exact, w => w * scale), second.First));
    }
}
