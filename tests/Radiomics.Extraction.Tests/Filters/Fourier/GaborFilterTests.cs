namespace Radiomics.Extraction.Tests;

public class GaborFilterTests
{
    private static readonly (int X, int Y, int Z) _size = (23, 17, 9);
    private static readonly (double X, double Y, double Z) _spacing = (1, 1.3, 2.5);

    [Theory]
    [InlineData(BorderRule.Zero, GaborResponse.Modulus, RotationInvariance.Average, true)]
    [InlineData(BorderRule.Nearest, GaborResponse.Real, RotationInvariance.Max, true)]
    [InlineData(BorderRule.Periodic, GaborResponse.Imaginary, RotationInvariance.Min, false)]
    [InlineData(BorderRule.Mirror, GaborResponse.Modulus, RotationInvariance.Max, true)]
    [InlineData(BorderRule.Mirror, GaborResponse.Imaginary, RotationInvariance.Average, true)]
    internal void A_response_is_the_sum_that_defines_it(BorderRule border, GaborResponse part, RotationInvariance pooling, bool orthogonalPlanes)
    {
        var voxels = Voxels();
        var filter = new GaborOptions(1.4, 3, 1.5, [0.3, 1.9, 4], part, pooling, orthogonalPlanes);
        var output = new VoxelBox(2, 0, 1, 18, 17, 6);
        var response = new float[output.Count];
        GaborFilter.Apply(new(voxels, _size, _spacing, output, 150), border, filter, response, threads: 2, CancellationToken.None);
        foreach (var (x, y, z) in new[] { (0, 0, 0), (17, 16, 5), (9, 3, 2), (1, 15, 4), (10, 8, 3) })
        {
            Assert.Equal(
                Naive(voxels, border, filter, output.X + x, output.Y + y, output.Z + z),
                response[(z * output.SizeY + y) * output.SizeX + x],
                1e-3);
        }
    }

    [Fact]
    public void The_values_do_not_depend_on_threads_or_on_the_box_that_is_asked_for()
    {
        var voxels = Voxels();
        var filter = new GaborOptions(1.4, 3, 0.8, GaborOptions.Turn(Math.PI / 4, GaborResponse.Modulus), GaborResponse.Modulus, RotationInvariance.Average, true);
        var whole = VoxelBox.Whole(_size);
        var (one, two) = (new float[whole.Count], new float[whole.Count]);
        GaborFilter.Apply(new(voxels, _size, _spacing, whole, 0), BorderRule.Mirror, filter, one, threads: 1, CancellationToken.None);
        GaborFilter.Apply(new(voxels, _size, _spacing, whole, 0), BorderRule.Mirror, filter, two, threads: 4, CancellationToken.None);
        Assert.Equal(one, two);
        var box = new VoxelBox(4, 5, 6, 7, 8, 2);
        var part = new float[box.Count];
        GaborFilter.Apply(new(voxels, _size, _spacing, box, 0), BorderRule.Mirror, filter, part, threads: 1, CancellationToken.None);
        Assert.All(box.CutFrom(one, whole).Zip(part), p => Assert.Equal(p.First, p.Second, 1e-3));
    }

    [Fact]
    public void Half_a_turn_says_the_same_as_a_whole_one_but_for_imaginary_parts()
    {
        Assert.Equal(4, GaborOptions.Turn(Math.PI / 4, GaborResponse.Modulus).Length);
        Assert.Equal(8, GaborOptions.Turn(Math.PI / 4, GaborResponse.Imaginary).Length);
        Assert.Equal(3, GaborOptions.Turn(2 * Math.PI / 3, GaborResponse.Real).Length);
        Assert.Equal(7, GaborOptions.Turn(1, GaborResponse.Modulus).Length);
        var voxels = Voxels();
        var whole = VoxelBox.Whole(_size);
        var (half, turn) = (new float[whole.Count], new float[whole.Count]);
        var filter = new GaborOptions(1.4, 3, 0.8, GaborOptions.Turn(Math.PI / 4, GaborResponse.Real), GaborResponse.Real, RotationInvariance.Max, true);
        GaborFilter.Apply(new(voxels, _size, _spacing, whole, 0), BorderRule.Zero, filter, half, threads: 1, CancellationToken.None);
        filter = filter with { Thetas = GaborOptions.Turn(Math.PI / 4, GaborResponse.Imaginary) };
        GaborFilter.Apply(new(voxels, _size, _spacing, whole, 0), BorderRule.Zero, filter, turn, threads: 1, CancellationToken.None);
        Assert.All(half.Zip(turn), p => Assert.Equal(p.First, p.Second, 1e-3));
    }

    [Fact]
    public void A_kernel_of_thousands_of_voxels_is_refused()
    {
        var filter = new GaborOptions(400, 2, 1, [0], GaborResponse.Modulus, RotationInvariance.Average, false);
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(
            () => GaborFilter.Apply(new(Voxels(), _size, _spacing, VoxelBox.Whole(_size), 0), BorderRule.Zero, filter, [], 1, CancellationToken.None)).Code);
    }

    [Fact]
    public void How_close_slices_lie_counts_only_where_the_filter_looks_across_them()
    {
        var (voxels, whole) = (Voxels(), VoxelBox.Whole(_size));
        var filter = new GaborOptions(1.4, 3, 1, [0.3], GaborResponse.Real, RotationInvariance.Average, false);
        var (far, close) = (new float[whole.Count], new float[whole.Count]);
        GaborFilter.Apply(new(voxels, _size, _spacing, whole, 0), BorderRule.Mirror, filter, far, threads: 1, CancellationToken.None);
        var domain = new FilterDomain(voxels, _size, _spacing with { Z = 1e-3 }, whole, 0);
        GaborFilter.Apply(domain, BorderRule.Mirror, filter, close, threads: 1, CancellationToken.None);
        Assert.Equal(far, close);
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(
            () => GaborFilter.Apply(domain, BorderRule.Mirror, filter with { OrthogonalPlanes = true }, close, 1, CancellationToken.None)).Code);
    }

    private static float[] Voxels()
    {
        var random = new Random(7);
        var voxels = new float[_size.X * _size.Y * _size.Z];
        foreach (ref var voxel in voxels.AsSpan())
        {
            voxel = 100 + 100 * random.NextSingle();
        }

        return voxels;
    }

    private static double Naive(float[] voxels, BorderRule border, GaborOptions filter, int x, int y, int z)
    {
        int[] at = [x, y, z];
        int[] sizes = [_size.X, _size.Y, _size.Z];
        double[] spacings = [_spacing.X, _spacing.Y, _spacing.Z];
        (int, int)[] planes = filter.OrthogonalPlanes ? [(0, 1), (0, 2), (1, 2)] : [(0, 1)];
        double all = 0;
        foreach (var (first, second) in planes)
        {
            var parts = filter.Thetas.Select(theta =>
            {
                double re = 0, im = 0;
                for (var j = -20; j <= 20; j++)
                {
                    for (var i = -20; i <= 20; i++)
                    {
                        // A convolution: the kernel's voxel (i, j) meets the image's on the other side.
                        int[] from = [.. at];
                        from[first] = border.Map(sizes[first], at[first] - i, 1)[0];
                        from[second] = border.Map(sizes[second], at[second] - j, 1)[0];
                        if (from[first] < 0 || from[second] < 0)
                        {
                            continue;
                        }

                        var (u, v) = (i * spacings[first], j * spacings[second]);
                        (u, v) = (u * Math.Cos(theta) + v * Math.Sin(theta), v * Math.Cos(theta) - u * Math.Sin(theta));
                        var value = voxels[(from[2] * _size.Y + from[1]) * _size.X + from[0]]
                            * Math.Exp(-(u * u + filter.Gamma * filter.Gamma * v * v) / (2 * filter.Sigma * filter.Sigma));
                        re += value * Math.Cos(2 * Math.PI * u / filter.Wavelength);
                        im += value * Math.Sin(2 * Math.PI * u / filter.Wavelength);
                    }
                }

                return filter.Part switch { GaborResponse.Modulus => Math.Sqrt(re * re + im * im), GaborResponse.Real => re, _ => im };
            }).ToArray();
            all += filter.Pooling switch { RotationInvariance.Average => parts.Average(), RotationInvariance.Max => parts.Max(), _ => parts.Min() };
        }

        return all / planes.Length;
    }
}
