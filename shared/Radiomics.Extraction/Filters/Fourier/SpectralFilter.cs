namespace Radiomics.Extraction;

/// <summary>
/// Filters that are defined by their frequency response (<see cref="SpectralResponse"/>). Such a kernel has no end: the whole image is filtered as a period that
/// repeats, in three dimensions or each slice for itself.
/// </summary>
/// <remarks>
/// The spectrum is kept as Hartley's, which has as many numbers as the image has voxels. Lines are transformed in double precision, and are floats in between.
/// Where a response isn't that of a real kernel (the frequencies of an even length have no symmetry), the real part of the filtered image is taken, as
/// IBSI-2's participants did.
/// </remarks>
internal static class SpectralFilter
{
    /// <summary>Filters <paramref name="voxels"/> in place.</summary>
    /// <param name="voxels">The whole image, x fastest.</param>
    /// <param name="size">Voxels along each axis.</param>
    /// <param name="inPlane">Whether each slice is an image of its own.</param>
    /// <param name="response">By what the spectrum is multiplied.</param>
    /// <param name="threads">Most threads at a time; the values don't depend on it.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static void Apply(
        float[] voxels, (int X, int Y, int Z) size, bool inPlane, SpectralResponse response, int threads, CancellationToken cancellation)
    {
        var axes = inPlane ? 2 : 3;
        for (var axis = 0; axis < axes; axis++)
        {
            AxisPasses.Run(voxels, size, axis, 1, threads, cancellation);
        }

        Multiply(voxels, size, inPlane, response, threads, cancellation);
        for (var axis = 0; axis < axes; axis++)
        {
            AxisPasses.Run(voxels, size, axis, 1.0 / (axis == 0 ? size.X : axis == 1 ? size.Y : size.Z), threads, cancellation);
        }
    }

    /// <summary>
    /// Coefficients that differ by the signs of their frequencies only are taken together, eight in space and four in a plane: along the axes one by one, as they were transformed, they mix.
    /// </summary>
    private static void Multiply(
        float[] voxels, (int X, int Y, int Z) size, bool inPlane, SpectralResponse response, int threads, CancellationToken cancellation)
    {
        var (nx, ny, nz) = size;
        var signs = inPlane ? 4 : 8;
        SliceWork.Run(inPlane ? nz : nz / 2 + 1, threads, () => new SignGroup(signs), (z, group) =>
        {
            cancellation.ThrowIfCancellationRequested();
            for (var y = 0; y <= ny / 2; y++)
            {
                for (var x = 0; x <= nx / 2; x++)
                {
                    for (var s = 0; s < signs; s++)
                    {
                        var kx = (s & 1) == 0 ? x : Negative(x, nx);
                        var ky = (s & 2) == 0 ? y : Negative(y, ny);
                        var kz = (s & 4) == 0 ? z : Negative(z, nz);
                        group.Index[s] = (kz * ny + ky) * nx + kx;
                        group.Coefficients[s] = voxels[group.Index[s]];
                        group.Responses[s] = response.At(kx, ky, inPlane ? 0 : kz);
                    }

                    group.Multiply(response.IsOdd);
                    for (var s = 0; s < signs; s++)
                    {
                        voxels[group.Index[s]] = (float)group.Coefficients[s];
                    }
                }
            }
        });
    }

    private static int Negative(int k, int length) => k == 0 ? 0 : length - k;

    /// <summary>Coefficients of ±x, ±y, ±z frequencies; bit 0 of an index is set for −x, bit 1 for −y, bit 2 for −z.</summary>
    private sealed class SignGroup(int signs)
    {
        private readonly double[] _joint = new double[signs];

        public int[] Index { get; } = new int[signs];

        public double[] Coefficients { get; } = new double[signs];

        public double[] Responses { get; } = new double[signs];

        public void Multiply(bool isOdd)
        {
            Join(Coefficients, _joint);
            var opposite = signs - 1;
            for (var s = 0; s < signs; s++)
            {
                var (here, there) = (Responses[s], Responses[s ^ opposite]);
                Coefficients[s] = isOdd ? 0.5 * (here - there) * _joint[s ^ opposite] : 0.5 * (here + there) * _joint[s];
            }

            Join(Coefficients, _joint);
            _joint.CopyTo(Coefficients, 0);
        }

        /// <summary>From Hartley's transform axis by axis to that of the whole, cas(x + y + z), or back (Bracewell 1983).</summary>
        private void Join(double[] from, double[] to)
        {
            for (var s = 0; s < signs; s++)
            {
                to[s] = signs == 4
                    ? 0.5 * (from[s] + from[s ^ 1] + from[s ^ 2] - from[s ^ 3])
                    : 0.5 * (from[s ^ 1] + from[s ^ 2] + from[s ^ 4] - from[s ^ 7]);
            }
        }
    }
}
