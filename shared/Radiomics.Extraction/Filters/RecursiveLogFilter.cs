using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>
/// Laplacian of Gaussian as PyRadiomics has it from ITK (<c>LaplacianRecursiveGaussian</c>, normalised across scale): Gaussians and their second
/// derivatives as recursive filters of fourth order (Deriche 1993, <see cref="RecursiveGaussian"/>), the border voxel going on beyond the image, times σ² (mm²).
/// </summary>
internal static class RecursiveLogFilter
{
    // A recursion never ends, but fades by e^(-1.37/σ) a voxel; beyond so many σ nothing is left that a float would show.
    private const double Fade = 11;

    private const int Lanes = RecursiveGaussian.Lanes;

    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: fewer than four voxels along an axis, or no more than σ.</exception>
    public static void Apply(FilterDomain domain, double sigma, float[] response, CancellationToken cancellation)
    {
        Check(domain.Size.X, domain.Spacing.X, sigma);
        Check(domain.Size.Y, domain.Spacing.Y, sigma);
        Check(domain.Size.Z, domain.Spacing.Z, sigma);
        var box = domain.Output;
        var (x, y, z) = (
            Span.Around(box.X, box.SizeX, domain.Size.X, domain.Spacing.X, sigma),
            Span.Around(box.Y, box.SizeY, domain.Size.Y, domain.Spacing.Y, sigma),
            Span.Around(box.Z, box.SizeZ, domain.Size.Z, domain.Spacing.Z, sigma));
        var (gaussX, secondX) = Filters(sigma, domain.Spacing.X);
        var (gaussY, secondY) = Filters(sigma, domain.Spacing.Y);
        var (gaussZ, secondZ) = Filters(sigma, domain.Spacing.Z);
        var plane = box.SizeX * box.SizeY;

        // Slice by slice along x and y, then all along z: smoothed twice, and derived once either way.
        var smooth = ArrayPool<float>.Shared.Rent(plane * z.Count);
        var derived = ArrayPool<float>.Shared.Rent(plane * z.Count);
        var sliceSmooth = new float[box.SizeX * y.Count];
        var sliceDerived = new float[sliceSmooth.Length];
        var lines = new LineBuffer(Math.Max(x.Count, Math.Max(y.Count, z.Count)));
        for (var slice = 0; slice < z.Count; slice++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < y.Count; row += Lanes)
            {
                var rows = Math.Min(Lanes, y.Count - row);
                var from = ((z.First + slice) * domain.Size.Y + y.First + row) * domain.Size.X + x.First;
                lines.ReadAcross(domain.Voxels, from, domain.Size.X, rows, x.Count, domain.Center);
                gaussX.Run(lines, x.Count);
                lines.WriteAcross(sliceSmooth, row * box.SizeX, box.SizeX, rows, x.Skip, box.SizeX);
                secondX.Run(lines, x.Count);
                lines.WriteAcross(sliceDerived, row * box.SizeX, box.SizeX, rows, x.Skip, box.SizeX);
            }

            for (var column = 0; column < box.SizeX; column += Lanes)
            {
                var columns = Math.Min(Lanes, box.SizeX - column);
                var to = slice * plane + column;
                lines.Read(sliceSmooth, column, box.SizeX, columns, y.Count);
                gaussY.Run(lines, y.Count);
                lines.Write(smooth, to, box.SizeX, columns, y.Skip, box.SizeY, add: false);
                secondY.Run(lines, y.Count);
                lines.Write(derived, to, box.SizeX, columns, y.Skip, box.SizeY, add: false);
                lines.Read(sliceDerived, column, box.SizeX, columns, y.Count);
                gaussY.Run(lines, y.Count);
                lines.Write(derived, to, box.SizeX, columns, y.Skip, box.SizeY, add: true);
            }
        }

        for (var i = 0; i < plane; i += Lanes)
        {
            var columns = Math.Min(Lanes, plane - i);
            lines.Read(smooth, i, plane, columns, z.Count);
            secondZ.Run(lines, z.Count);
            lines.Write(response, i, plane, columns, z.Skip, box.SizeZ, add: false);
            lines.Read(derived, i, plane, columns, z.Count);
            gaussZ.Run(lines, z.Count);
            lines.Write(response, i, plane, columns, z.Skip, box.SizeZ, add: true);
        }

        ArrayPool<float>.Shared.Return(smooth);
        ArrayPool<float>.Shared.Return(derived);
    }

    private static (RecursiveGaussian Gauss, RecursiveGaussian Second) Filters(double sigma, double spacing) =>
        (RecursiveGaussian.Smoothing(sigma / spacing), RecursiveGaussian.SecondDerivative(sigma / spacing, sigma * sigma / (spacing * spacing)));

    private static void Check(int size, double spacing, double sigma) => ExtractionSettings.Require(
        size >= RecursiveGaussian.Order && size >= Math.Ceiling(sigma / spacing) + 1,
        "The image has too few voxels along an axis for a 'log' filter of this 'sigma'; choose a smaller one.");

    /// <summary>The voxels along an axis that a response depends on, and how many of them lie before the output box.</summary>
    private readonly record struct Span(int First, int Count, int Skip)
    {
        public static Span Around(int start, int size, int domain, double spacing, double sigma)
        {
            var reach = (int)Math.Min(Math.Ceiling(Fade * sigma / spacing) + RecursiveGaussian.Order, 1 << 24);
            var first = Math.Max(0, start - reach);
            var end = Math.Min(domain, start + size + reach);
            return new(first, end - first, start - first);
        }
    }
}
