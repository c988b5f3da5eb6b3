namespace Radiomics.Extraction.Tests;

public class SpatialAutocorrelationTests
{
    [Theory]
    [InlineData(12, 9, 5)]
    [InlineData(1, 1, 40)]
    [InlineData(31, 2, 1)]
    [InlineData(17, 16, 15)]
    [InlineData(60, 21, 9)]
    public void Transforms_give_the_sums_over_all_pairs(int sizeX, int sizeY, int sizeZ)
    {
        var spacing = (0.7, 1.3, 3.1);
        var random = new Random(sizeX);
        var mask = new byte[sizeX * sizeY * sizeZ];
        var values = new double[mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)(random.Next(mask.Length) < 2000 ? 1 : 0);
            values[i] = mask[i] * (random.NextDouble() * 3 - 1);
        }

        var rows = MaskRows.Of(mask, new(0, 0, 0, sizeX, sizeY, sizeZ));
        var direct = PairSums.Direct(rows, values, spacing);
        var transformed = PairSums.Transformed(rows, values, spacing, threads: 2);
        AssertClose(direct.Weights, transformed.Weights, direct.Weights);
        AssertClose(direct.Products, transformed.Products, direct.Squares);
        AssertClose(direct.Squares, transformed.Squares, direct.Squares);
        Assert.Equal(transformed, PairSums.Transformed(rows, values, spacing, threads: 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(64)]
    [InlineData(90)]
    public void A_Fourier_transform_is_the_sum_that_defines_it(int length)
    {
        var random = new Random(length);
        var transform = new FourierTransform(length);
        var (re, im) = (new double[length, 4], new double[length, 4]);
        for (var n = 0; n < length; n++)
        {
            for (var lane = 0; lane < 4; lane++)
            {
                (re[n, lane], im[n, lane]) = (random.NextDouble(), random.NextDouble());
                transform.Re[n] = System.Runtime.Intrinsics.Vector256.WithElement(transform.Re[n], lane, re[n, lane]);
                transform.Im[n] = System.Runtime.Intrinsics.Vector256.WithElement(transform.Im[n], lane, im[n, lane]);
            }
        }

        transform.Run();
        for (var k = 0; k < length; k++)
        {
            for (var lane = 0; lane < 4; lane++)
            {
                double sumRe = 0, sumIm = 0;
                for (var n = 0; n < length; n++)
                {
                    var (sin, cos) = Math.SinCos(-2 * Math.PI * ((long)n * k % length) / length);
                    sumRe += re[n, lane] * cos - im[n, lane] * sin;
                    sumIm += re[n, lane] * sin + im[n, lane] * cos;
                }

                Assert.Equal(sumRe, transform.Re[k][lane], 11);
                Assert.Equal(sumIm, transform.Im[k][lane], 11);
            }
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 8)]
    [InlineData(13, 16)]
    [InlineData(49, 50)]
    [InlineData(121, 128)]
    [InlineData(399, 400)]
    public void Transforms_have_the_next_even_length_of_small_factors(int minimum, int length) => Assert.Equal(length, FourierTransform.LengthFor(minimum));

    [Fact]
    public void Equal_intensities_have_no_autocorrelation()
    {
        var grid = new RoiGrid { GridSize = (3, 1, 1), Spacing = (1, 1, 1), Box = new(0, 0, 0, 3, 1, 1), Intensities = [4, 4, 4], Mask = [1, 1, 1] };
        Assert.Equal((double.NaN, double.NaN), SpatialAutocorrelation.Measure(grid, threads: 1));
    }

    [Fact]
    public void Two_voxels_have_the_values_of_their_one_pair()
    {
        // Deviations ±1, two ordered pairs of weight 1: I = 2/2·(−2)/2, C = 1/(2·2)·(2·4)/2.
        var grid = new RoiGrid { GridSize = (3, 1, 1), Spacing = (0.5, 1, 1), Box = new(0, 0, 0, 3, 1, 1), Intensities = [4, 0, 6], Mask = [1, 0, 1] };
        var (moran, geary) = SpatialAutocorrelation.Measure(grid, threads: 1);
        Assert.Equal(-1, moran, 12);
        Assert.Equal(1, geary, 12);
    }

    private static void AssertClose(double expected, double actual, double scale) => Assert.InRange(Math.Abs(actual - expected), 0, 1e-11 * Math.Abs(scale));
}
