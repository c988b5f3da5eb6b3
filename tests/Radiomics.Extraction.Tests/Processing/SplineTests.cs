namespace Radiomics.Extraction.Tests;

/// <summary>Cubic B-splines through the voxels.</summary>
public class SplineTests
{
    private static readonly ResamplingSettings Thirds = new() { Method = InterpolationMethod.CubicSpline, Spacing = 3 };

    [Fact]
    public void A_spline_goes_through_its_own_voxels()
    {
        // Every third voxel is a center of the new grid.
        var image = Case.Random(Case.Geometry(9, 15, 33));
        var grid = Case.Resample(image, Thirds);
        Assert.Equal((3, 5, 11), grid.GridSize);
        for (var i = 0; i < grid.Intensities.Length; i++)
        {
            var (x, y, z) = (1 + 3 * (i % 3), 1 + 3 * (i / 3 % 5), 1 + 3 * (i / 15));
            Assert.Equal(image.Voxels[(z * 15 + y) * 9 + x], grid.Intensities[i], 1e-2f);
        }
    }

    [Fact]
    public void A_cubic_polynomial_is_reproduced_away_from_the_borders()
    {
        var image = Case.Image(Case.Geometry(81, 1, 1), (x, _, _) => Cubic(x));
        var grid = Case.Resample(image, new() { Method = InterpolationMethod.CubicSpline, Spacing = new(0.4, 0, 0) });
        var count = 0;
        for (var i = 0; i < grid.Intensities.Length; i++)
        {
            var x = 40 + (i - (grid.GridSize.X - 1) / 2.0) * 0.4;
            if (x is > 20 and < 60)
            {
                Assert.Equal(Cubic(x), grid.Intensities[i], 1e-4);
                count++;
            }
        }

        Assert.Equal(99, count);

        static double Cubic(double x) => 1 + (x - 40) / 10 + Math.Pow((x - 38) / 10, 2) - 2 * Math.Pow((x - 41) / 10, 3);
    }

    [Theory]
    [InlineData(7, 6, 5)]
    [InlineData(1, 2, 9)]
    public void Values_are_those_of_the_definition_summed_voxel_by_voxel(int sizeX, int sizeY, int sizeZ)
    {
        var geometry = Case.Geometry(sizeX, sizeY, sizeZ, 1, 1.1, 1.7);
        var image = Case.Random(geometry);
        var grid = Case.Resample(image, new() { Method = InterpolationMethod.CubicSpline, Spacing = 0.8 });
        var x = Weights(sizeX, 1, grid.GridSize.X);
        var y = Weights(sizeY, 1.1, grid.GridSize.Y);
        var z = Weights(sizeZ, 1.7, grid.GridSize.Z);
        Assert.Equal(x.Length * y.Length * z.Length, grid.Intensities.Length);
        for (var i = 0; i < grid.Intensities.Length; i++)
        {
            var (a, b, c) = (x[i % x.Length], y[i / x.Length % y.Length], z[i / x.Length / y.Length]);
            double sum = 0;
            for (var v = 0; v < image.Voxels.Length; v++)
            {
                sum += image.Voxels[v] * a[v % sizeX] * b[v / sizeX % sizeY] * c[v / sizeX / sizeY];
            }

            Assert.Equal(sum, grid.Intensities[i], 1e-2);
        }
    }

    [Fact]
    public void Bicubic_in_plane_and_tricubic_agree_where_slices_are_alike()
    {
        var random = Case.Random(Case.Geometry(12, 12, 1)).Voxels;
        var image = Case.Image(Case.Geometry(12, 12, 6), (x, y, _) => random[y * 12 + x]);
        var flat = Case.Resample(image, new() { Method = InterpolationMethod.CubicSpline, Spacing = 1.5, InPlane = true });
        var solid = Case.Resample(image, new() { Method = InterpolationMethod.CubicSpline, Spacing = 1.5 });
        for (var i = 0; i < 64; i++)
        {
            Assert.Equal(flat.Intensities[i], solid.Intensities[i], 1e-2f);
        }
    }

    [Fact]
    public void A_part_of_an_image_is_interpolated_as_the_whole_is()
    {
        var geometry = Case.Geometry(90, 80, 70);
        var image = Case.Random(geometry);
        var resampling = new ResamplingSettings { Method = InterpolationMethod.CubicSpline, Spacing = 1.3 };
        var whole = Case.Resample(image, resampling);
        var part = Case.Process(image, Case.Block(geometry, (40, 35, 30), (50, 47, 41)), Case.Plain with { Resampling = resampling }).Morphological;
        var expected = part.Box.CutFrom(whole.Intensities, whole.Box);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(part.Mask[i] == 0 || Math.Abs(expected[i] - part.Intensities[i]) < 1e-3, $"Voxel {i}: {expected[i]} and {part.Intensities[i]}");
        }
    }

    [Fact]
    public void A_voxel_that_is_no_number_does_harm_only_near_the_ROI()
    {
        var geometry = Case.Geometry(60, 9, 9);
        var image = Case.Random(geometry);
        var roi = Case.Block(geometry, (2, 2, 2), (6, 6, 6));
        var settings = Case.Plain with { Resampling = new() { Method = InterpolationMethod.CubicSpline, Spacing = 2 } };
        var expected = Case.Process(image, roi, settings).SortedIntensities;
        image.Voxels[50] = float.NaN;
        Assert.Equal(expected, Case.Process(image, roi, settings).SortedIntensities);
        image.Voxels[9] = float.NaN;
        Case.AssertCode("NonFiniteVoxels", () => Case.Process(image, roi, settings));
    }

    /// <summary>For each new voxel along an axis, what each old one contributes: the inverse filter 6z/(z²−1)·z^|d| and the B-spline, the image mirrored.</summary>
    private static double[][] Weights(int size, double spacing, int newSize)
    {
        const int Far = 40;
        var pole = Math.Sqrt(3) - 2;
        var weights = new double[newSize][];
        for (var i = 0; i < newSize; i++)
        {
            var position = (i - (newSize - 1) / 2.0) * 0.8 / spacing + (size - 1) / 2.0;
            weights[i] = new double[size];
            for (var k = -4; k <= size + 4; k++)
            {
                for (var j = k - Far; j <= k + Far; j++)
                {
                    weights[i][Mirror(j)] += Spline(position - k) * 6 * pole / (pole * pole - 1) * Math.Pow(pole, Math.Abs(j - k));
                }
            }
        }

        return weights;

        int Mirror(int j)
        {
            while (size > 1 && (j < 0 || j >= size))
            {
                j = j < 0 ? -j : 2 * (size - 1) - j;
            }

            return size > 1 ? j : 0;
        }

        static double Spline(double t) => Math.Abs(t) switch
        {
            < 1 and var a => 2.0 / 3 - a * a + a * a * a / 2,
            < 2 and var a => Math.Pow(2 - a, 3) / 6,
            _ => 0,
        };
    }
}
