namespace Radiomics.Extraction.Tests;

public class LogFilterTests
{
    [Theory]
    [InlineData(1.0, 1.0, 1.0, 1.0)]
    [InlineData(1.5, 1.0, 1.0, 1.0)]
    [InlineData(3.0, 2.0, 2.0, 2.0)]
    [InlineData(2.0, 1.2, 0.9, 3.0)]
    [InlineData(1.0, 1.2, 1.2, 3.0)]
    public void The_response_is_the_convolution_with_the_kernel_that_borders_mirror(double sigma, double x, double y, double z)
    {
        var d = NaiveFilters.Noise((41, 12, 9), (x, y, z));
        var unit = Math.Pow(x * y * z, 2.0 / 3);
        var (gaussX, secondX) = LogFilter.Kernel(sigma, x);
        var (gaussY, secondY) = LogFilter.Kernel(sigma, y);
        var (gaussZ, secondZ) = LogFilter.Kernel(sigma, z);
        var alongX = NaiveFilters.Convolve(d, NaiveFilters.Mirrored, secondX, gaussY, gaussZ);
        var alongY = NaiveFilters.Convolve(d, NaiveFilters.Mirrored, gaussX, secondY, gaussZ);
        var alongZ = NaiveFilters.Convolve(d, NaiveFilters.Mirrored, gaussX, gaussY, secondZ);
        double[] expected = [.. alongX.Select((v, i) => unit * (v / (x * x) + alongY[i] / (y * y) + alongZ[i] / (z * z)))];
        NaiveFilters.AssertClose(expected, Apply(d, sigma));
    }

    [Theory]
    [InlineData(1.5, 1.0, 1.0, 1.0)]
    [InlineData(3.0, 2.0, 2.0, 2.0)]
    [InlineData(3.0, 1.2, 0.9, 2.0)]
    [InlineData(3.0, 0.8, 1.0, 1.0)]
    public void An_impulse_answers_with_IBSIs_kernel(double sigma, double x, double y, double z)
    {
        var d = Impulse((33, 33, 33), (x, y, z));
        var expected = NaiveFilters.Map(d, (i, j, k) => Cut(i - 16, x) || Cut(j - 16, y) || Cut(k - 16, z)
            ? 0
            : NaiveFilters.LogKernel((i - 16, j - 16, k - 16), sigma, (x, y, z)));

        // What makes the kernel add up to 0 is spread over it.
        NaiveFilters.AssertClose(expected, Apply(d, sigma), 1.1e-3);

        bool Cut(int offset, double spacing) => Math.Abs(offset) > Math.Floor(4 * sigma / spacing + 0.5);
    }

    [Theory]
    [InlineData(1.0, 1.2, 1.2, 3.0)]
    [InlineData(5.0, 1.0, 1.0, 1.0)]
    public void A_constant_gives_0(double sigma, double x, double y, double z)
    {
        var d = NaiveFilters.Noise((20, 20, 20), (x, y, z));
        Array.Fill(d.Voxels, 30000f);
        Assert.All(Apply(d with { Center = 29000 }, sigma), v => Assert.Equal(0, v, 1e-3));
        Assert.All(Apply(d with { Center = 30000 }, sigma), v => Assert.Equal(0, v));
    }

    [Fact]
    public void A_paraboloid_answers_with_its_Laplacian()
    {
        var d = NaiveFilters.Noise((40, 40, 40), (1.2, 0.9, 1.5), new(18, 18, 18, 4, 4, 4));
        for (var i = 0; i < d.Voxels.Length; i++)
        {
            var (x, y, z) = ((i % 40 - 20) * 1.2, (i / 40 % 40 - 20) * 0.9, (i / 1600 - 20) * 1.5);
            d.Voxels[i] = (float)(x * x + 2 * y * y - 0.5 * z * z + 3 * x);
        }

        // 2 + 4 − 1 per mm², and the cut at 4σ misses less than 1 % of a parabola's weight.
        var expected = 5 * Math.Pow(1.2 * 0.9 * 1.5, 2.0 / 3);
        Assert.All(Apply(d with { Center = 0 }, 1.8), v => Assert.Equal(expected, v, 0.01 * expected));
    }

    [Fact]
    public void A_ball_answers_alike_along_axes_of_different_spacing()
    {
        // A Gaussian blob: its Laplacian at one distance is the same in all directions.
        var d = NaiveFilters.Noise((81, 81, 41), (0.5, 0.5, 1.0));
        for (var i = 0; i < d.Voxels.Length; i++)
        {
            var (x, y, z) = ((i % 81 - 40) * 0.5, (i / 81 % 81 - 40) * 0.5, i / 6561 - 20.0);
            d.Voxels[i] = (float)(1000 * Math.Exp(-(x * x + y * y + z * z) / 18));
        }

        var map = Apply(d with { Center = 0 }, 2);
        Assert.Equal(map[(20 * 81 + 40) * 81 + 46], map[(23 * 81 + 40) * 81 + 40], 1e-3 * Math.Abs(map[(20 * 81 + 40) * 81 + 40]));
    }

    [Fact]
    public void A_box_of_the_domain_answers_as_in_the_whole()
    {
        var whole = NaiveFilters.Noise((50, 30, 20), (1, 1, 2));
        var map = Apply(whole, 2);
        var part = whole with { Output = new(7, 0, 12, 37, 30, 8) };
        float[] expected = [.. NaiveFilters.Map(part, (x, y, z) => map[(z * 30 + y) * 50 + x]).Select(v => (float)v)];
        Assert.Equal(expected, Apply(part, 2));
    }

    [Fact]
    public void A_volume_smaller_than_the_kernel_is_mirrored_as_often_as_needed()
    {
        var d = NaiveFilters.Noise((3, 1, 2), (1, 1, 1));
        var (gauss, second) = LogFilter.Kernel(2, 1);
        var alongX = NaiveFilters.Convolve(d, NaiveFilters.Mirrored, second, gauss, gauss);
        var alongY = NaiveFilters.Convolve(d, NaiveFilters.Mirrored, gauss, second, gauss);
        var alongZ = NaiveFilters.Convolve(d, NaiveFilters.Mirrored, gauss, gauss, second);
        var actual = Apply(d, 2);
        Assert.All(actual, (v, i) => Assert.Equal(alongX[i] + alongY[i] + alongZ[i], v, 1e-4));
    }

    private static FilterDomain Impulse((int X, int Y, int Z) size, (double X, double Y, double Z) spacing)
    {
        var d = NaiveFilters.Noise(size, spacing) with { Center = 0 };
        Array.Clear(d.Voxels);
        d.Voxels[(size.Z / 2 * size.Y + size.Y / 2) * size.X + size.X / 2] = 1;
        return d;
    }

    private static float[] Apply(FilterDomain d, double sigma)
    {
        var map = new float[d.Output.Count];
        LogFilter.Apply(d, sigma, map, CancellationToken.None);
        return map;
    }
}
