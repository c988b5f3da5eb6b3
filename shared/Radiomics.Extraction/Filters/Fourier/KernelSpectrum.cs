namespace Radiomics.Extraction;

/// <summary>A kernel's spectrum, normalised for <see cref="PlaneTransform.Convolve"/>, and which of its columns, four by four, are more than nothing.</summary>
internal sealed class KernelSpectrum
{
    // A kernel that is a narrow band of frequencies leaves most columns to be skipped; what they hold is below what a float resolves of the response.
    private const double Nothing = 1e-10;

    private KernelSpectrum(PlaneSpectrum spectrum, bool[] hasColumns) => (Spectrum, HasColumns) = (spectrum, hasColumns);

    public PlaneSpectrum Spectrum { get; }

    public bool[] HasColumns { get; }

    /// <summary>
    /// The spectrum of a Gabor kernel for planes whose first voxel lies <paramref name="reach"/> voxels before the first response, along each axis.
    /// </summary>
    public static KernelSpectrum Of(GaborKernel kernel, (double First, double Second) spacing, (int First, int Second) reach, PlaneTransform transform)
    {
        var (columns, rows) = (transform.First, transform.Second);
        var (re, im) = (new double[columns * rows], new double[columns * rows]);
        var scale = 1.0 / ((double)columns * rows);
        var extent = kernel.Extent(spacing.First, spacing.Second);
        for (var j = -extent.Second; j <= extent.Second; j++)
        {
            for (var i = -extent.First; i <= extent.First; i++)
            {
                // Response 0 is the sum over voxel reach − i and kernel i: the kernel is stored from −reach on, going round.
                var to = Wrapped(j - reach.Second, rows) * columns + Wrapped(i - reach.First, columns);
                var (wave, quadrature) = kernel.At(i * spacing.First, j * spacing.Second);
                re[to] += scale * wave;
                im[to] += scale * quadrature;
            }
        }

        var spectrum = transform.NewSpectrum();
        transform.Forward(re, im, columns, columns, rows, spectrum);
        return new(spectrum, Columns(spectrum));
    }

    private static int Wrapped(int index, int length) => (index % length + length) % length;

    private static bool[] Columns(PlaneSpectrum spectrum)
    {
        var highest = new double[spectrum.Width / FourierTransform.Lanes];
        double all = 0;
        for (var i = 0; i < spectrum.Re.Length; i++)
        {
            var magnitude = Math.Max(Math.Abs(spectrum.Re[i]), Math.Abs(spectrum.Im[i]));
            ref var column = ref highest[i % spectrum.Width / FourierTransform.Lanes];
            column = Math.Max(column, magnitude);
            all = Math.Max(all, magnitude);
        }

        return Array.ConvertAll(highest, h => h > Nothing * all);
    }
}
