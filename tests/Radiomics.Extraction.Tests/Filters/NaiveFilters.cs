namespace Radiomics.Extraction.Tests;

/// <summary>Filters written out as their definitions say, in double precision, over whole small volumes.</summary>
internal static class NaiveFilters
{
    /// <summary>A volume of noise on a high baseline, and where its response is wanted: anisotropic, of odd and even sizes, up to two borders.</summary>
    public static FilterDomain Noise((int X, int Y, int Z) size, (double X, double Y, double Z) spacing, VoxelBox? output = null, float baseline = 1000)
    {
        var random = new Random(7);
        var voxels = new float[size.X * size.Y * size.Z];
        for (var i = 0; i < voxels.Length; i++)
        {
            voxels[i] = baseline + MathF.Round(200 * random.NextSingle());
        }

        return new(voxels, size, spacing, output ?? VoxelBox.Whole(size), baseline + 100);
    }

    /// <summary>The voxel at an index that may lie beyond the border: mirrored, the border voxel twice.</summary>
    public static double Mirrored(FilterDomain d, int x, int y, int z)
    {
        return d.Voxels[(Inside(z, d.Size.Z) * d.Size.Y + Inside(y, d.Size.Y)) * d.Size.X + Inside(x, d.Size.X)];

        static int Inside(int i, int n)
        {
            while (i < 0 || i >= n)
            {
                i = i < 0 ? -1 - i : 2 * n - 1 - i;
            }

            return i;
        }
    }

    /// <summary>IBSI-2's kernel, <c>Σ ∂²/∂xᵢ² G</c> sampled at voxel offsets; for voxels that aren't cubic in mm, scaled by the geometric mean of the spacings.</summary>
    public static double LogKernel((int X, int Y, int Z) at, double sigma, (double X, double Y, double Z) spacing)
    {
        var (x, y, z) = (at.X * spacing.X, at.Y * spacing.Y, at.Z * spacing.Z);
        var square = x * x + y * y + z * z;
        var volume = spacing.X * spacing.Y * spacing.Z;
        var gauss = volume / Math.Pow(Math.Sqrt(2 * Math.PI) * sigma, 3) * Math.Exp(-square / (2 * sigma * sigma));
        return -gauss / (sigma * sigma) * (3 - square / (sigma * sigma)) * Math.Pow(volume, 2.0 / 3);
    }

    /// <summary>The response of every voxel of the output box.</summary>
    public static double[] Map(FilterDomain d, Func<int, int, int, double> response)
    {
        var box = d.Output;
        var map = new double[box.Count];
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = response(box.X + i % box.SizeX, box.Y + i / box.SizeX % box.SizeY, box.Z + i / box.SizeX / box.SizeY);
        }

        return map;
    }

    /// <summary>Convolution with three filters along the axes, by its triple sum.</summary>
    public static double[] Convolve(FilterDomain d, Func<FilterDomain, int, int, int, double> voxel, Taps x, Taps y, Taps z) => Map(d, (i, j, k) =>
    {
        double sum = 0;
        for (var c = 0; c < z.Count; c++)
        {
            for (var b = 0; b < y.Count; b++)
            {
                for (var a = 0; a < x.Count; a++)
                {
                    sum += x.Exact[a] * y.Exact[b] * z.Exact[c] * voxel(d, i + x.First + a, j + y.First + b, k + z.First + c);
                }
            }
        }

        return sum;
    });

    /// <summary>Asserts that two maps agree to within 10⁻⁵ of their range.</summary>
    public static void AssertClose(double[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        var range = expected.Max() - expected.Min();
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * range);
        }
    }
}
