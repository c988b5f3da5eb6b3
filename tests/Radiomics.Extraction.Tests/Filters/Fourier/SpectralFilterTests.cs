using System.Numerics;

namespace Radiomics.Extraction.Tests;

public class SpectralFilterTests
{
    [Theory]
    [InlineData(6, 5, 7, 1, null)]
    [InlineData(8, 6, 4, 2, null)]
    [InlineData(7, 9, 5, 1, "1,0,0")]
    [InlineData(6, 8, 5, 1, "0,2,0")]
    [InlineData(6, 7, 4, null, "1,1,0")]
    [InlineData(5, 6, 8, null, "1,1,1")]
    [InlineData(4, 6, 6, null, "0,0,3")]
    [InlineData(6, 5, 1, null, "1,2,0")]
    public void A_response_is_the_real_part_of_the_spectrum_times_what_defines_it(int nx, int ny, int nz, int? level, string? order)
    {
        var random = new Random(nx);
        var voxels = new float[nx * ny * nz];
        foreach (ref var voxel in voxels.AsSpan())
        {
            voxel = random.NextSingle() - 0.5f;
        }

        int[]? l = order?.Split(',').Select(int.Parse).ToArray();
        (double X, double Y, double Z) spacing = (1, 1.5, 2);
        var expected = Naive(voxels, (nx, ny, nz), spacing, level, l);
        SpectralFilter.Apply(
            voxels,
            (nx, ny, nz),
            inPlane: false,
            new((nx, ny, nz), spacing, level, l is null ? null : (l[0], l[1], l[2])),
            threads: 2,
            CancellationToken.None);
        for (var i = 0; i < voxels.Length; i++)
        {
            Assert.Equal(expected[i], voxels[i], 1e-6);
        }
    }

    [Fact]
    public void In_plane_each_slice_is_an_image_of_its_own()
    {
        var random = new Random(3);
        var voxels = new float[9 * 8 * 3];
        foreach (ref var voxel in voxels.AsSpan())
        {
            voxel = random.NextSingle();
        }

        var expected = Naive(voxels[72..144], (9, 8, 1), (1, 1, 1), 1, [0, 1, 0]);
        SpectralFilter.Apply(voxels, (9, 8, 3), inPlane: true, new((9, 8, 1), (1, 1, 1), 1, (0, 1, 0)), threads: 1, CancellationToken.None);
        for (var i = 0; i < 72; i++)
        {
            Assert.Equal(expected[i], voxels[72 + i], 1e-6);
        }
    }

    [Theory]
    [InlineData("mirror", "1,0,1")]
    [InlineData("nearest", "0,2,0")]
    [InlineData("zero", "1,0,0")]
    [InlineData("periodic", "0,1,2")]
    [InlineData("mirror", "1,1")]
    [InlineData("periodic", "0,1")]
    public void The_transform_of_a_LoG_sees_the_image_continued_by_half_its_size_unless_it_is_periodic(string border, string order)
    {
        var inSlices = order.Length == 3;
        var filter = $"'type':'log','sigma':1,'cutoff':1.5,'boundary':'{border}','dimension':'{(inSlices ? "slices" : "volume")}','rieszOrder':[{order}]";
        var settings = FilteredMap.Settings(filter);
        (int X, int Y, int Z) size = (6, 5, 4);
        var random = new Random(9);
        float[] voxels = [.. Enumerable.Range(0, size.X * size.Y * size.Z).Select(_ => 10 + random.NextSingle())];

        // The LoG of the continued image by its sum, and the transform by every frequency's.
        var (x, y, z) = (Continued(size.X), Continued(size.Y), inSlices ? [.. Enumerable.Range(0, size.Z)] : Continued(size.Z));
        double[] image = [.. from k in z from j in y from i in x select i < 0 || j < 0 || k < 0 ? 0.0 : voxels[(k * size.Y + j) * size.X + i]];
        var (gauss, second) = LogFilter.Kernel(1, 1, 1.5);
        (int, double)[] g = [.. gauss.Exact.Select((weight, t) => (gauss.First + t, weight))];
        (int, double)[] s = [.. second.Exact.Select((weight, t) => (second.First + t, weight))];
        (int, double)[] none = [(0, 1.0)];
        DenseFilters.Kernel[] parts = inSlices
            ? [DenseFilters.Product(s, g, none), DenseFilters.Product(g, s, none)]
            : [DenseFilters.Product(s, g, g), DenseFilters.Product(g, s, g), DenseFilters.Product(g, g, s)];
        double[][] responses = [.. parts.Select(part => DenseFilters.Respond(image, (x.Length, y.Length, z.Length), part, settings.Boundary!.Value))];
        float[] log = [.. Enumerable.Range(0, image.Length).Select(i => (float)responses.Sum(response => response[i]))];
        int[] orders = [.. (order + ",0").Split(',').Take(3).Select(int.Parse)];
        var plane = x.Length * y.Length;
        var expected = inSlices
            ? [.. Enumerable.Range(0, z.Length).SelectMany(k => Naive(log[(k * plane)..((k + 1) * plane)], (x.Length, y.Length, 1), (1, 1, 1), null, orders))]
            : Naive(log, (x.Length, y.Length, z.Length), (1, 1, 1), null, orders);

        var output = new VoxelBox(1, 0, 1, 4, 5, 2);
        var actual = FilteredMap.Of(new FilterDomain(voxels, size, (1, 1, 1), output, 10.5f), filter);
        for (var i = 0; i < actual.Length; i++)
        {
            var a = output.X + i % output.SizeX + (x.Length - size.X) / 2;
            var b = output.Y + i / output.SizeX % output.SizeY + (y.Length - size.Y) / 2;
            var c = output.Z + i / output.SizeX / output.SizeY + (z.Length - size.Z) / 2;
            Assert.Equal(expected[c * plane + b * x.Length + a], actual[i], 2e-5);
        }

        int[] Continued(int length)
        {
            var margin = border == "periodic" ? 0 : length / 2;
            return settings.Border.Map(length, -margin, length + 2 * margin);
        }
    }

    /// <summary>By the definition: every frequency's sum over all voxels, and back.</summary>
    private static double[] Naive(float[] voxels, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing, int? level, int[]? order)
    {
        var (nx, ny, nz) = size;
        var result = new Complex[voxels.Length];
        for (var at = 0; at < voxels.Length; at++)
        {
            var (kx, ky, kz) = (at % nx, at / nx % ny, at / nx / ny);
            var factor = Complex.One / voxels.Length;
            if (level is { } j)
            {
                double[] nu = [Inclusive(kx, nx), Inclusive(ky, ny), Inclusive(kz, nz)];
                var length = Math.Sqrt(nu[0] * nu[0] + nu[1] * nu[1] + nu[2] * nu[2]) * Math.Pow(2, j - 1);
                factor *= length is >= 0.25 and <= 1 ? Math.Cos(Math.PI / 2 * Math.Log2(2 * length)) : 0;
            }

            if (order is not null)
            {
                double[] nu = [Signed(kx, nx) / spacing.X, Signed(ky, ny) / spacing.Y, Signed(kz, nz) / spacing.Z];
                var length = Math.Sqrt(nu[0] * nu[0] + nu[1] * nu[1] + nu[2] * nu[2]);
                factor *= length == 0
                    ? 0
                    : Complex.Pow(-Complex.ImaginaryOne, order.Sum())
                        * Math.Sqrt(Factorial(order.Sum()) / order.Aggregate(1.0, (product, l) => product * Factorial(l)))
                        * Math.Pow(nu[0] / length, order[0]) * Math.Pow(nu[1] / length, order[1]) * Math.Pow(nu[2] / length, order[2]);
            }

            if (factor == Complex.Zero)
            {
                continue;
            }

            var spectrum = Complex.Zero;
            for (var n = 0; n < voxels.Length; n++)
            {
                spectrum += voxels[n] * Turned(n, -1);
            }

            for (var n = 0; n < voxels.Length; n++)
            {
                result[n] += spectrum * factor * Turned(n, 1);
            }

            Complex Turned(int n, int sign) => Complex.FromPolarCoordinates(
                1, sign * 2 * Math.PI * ((double)(n % nx * kx % nx) / nx + (double)(n / nx % ny * ky % ny) / ny + (double)(n / nx / ny * kz % nz) / nz));
        }

        return Array.ConvertAll(result, r => r.Real);
    }

    private static double Inclusive(int k, int length) => length == 1 ? 0 : 2.0 * ((k + length / 2) % length) / (length - 1) - 1;

    private static double Signed(int k, int length) => (2 * k < length ? k : k - length) / (double)length;

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
