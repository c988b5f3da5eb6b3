using System.Numerics;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction.Tests;

public class TransformTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(64)]
    [InlineData(101)]
    [InlineData(197)]
    [InlineData(201)]
    public void A_transform_of_any_length_is_the_sum_that_defines_it(int length)
    {
        var random = new Random(length);
        var transform = new AnyLengthTransform(length);
        var lines = new Complex[FourierTransform.Lanes][];
        for (var lane = 0; lane < lines.Length; lane++)
        {
            lines[lane] = new Complex[length];
            for (var n = 0; n < length; n++)
            {
                lines[lane][n] = new(random.NextDouble() - 0.5, random.NextDouble() - 0.5);
                transform.Re[n] = transform.Re[n].WithElement(lane, lines[lane][n].Real);
                transform.Im[n] = transform.Im[n].WithElement(lane, lines[lane][n].Imaginary);
            }
        }

        transform.Run();
        for (var lane = 0; lane < lines.Length; lane++)
        {
            for (var k = 0; k < length; k++)
            {
                var expected = Complex.Zero;
                for (var n = 0; n < length; n++)
                {
                    expected += lines[lane][n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)n * k % length) / length);
                }

                Assert.Equal(expected.Real, transform.Re[k][lane], 1e-12 * length);
                Assert.Equal(expected.Imaginary, transform.Im[k][lane], 1e-12 * length);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(13)]
    public void Hartleys_transform_of_eight_lines_is_the_sum_that_defines_it_and_its_own_inverse(int length)
    {
        var random = new Random(length);
        var transform = new HartleyTransform(length);
        var lines = new double[HartleyTransform.Lines, length];
        for (var line = 0; line < HartleyTransform.Lines; line++)
        {
            for (var n = 0; n < length; n++)
            {
                lines[line, n] = random.NextDouble() - 0.5;
                ref var to = ref (line < 4 ? transform.A : transform.B)[n];
                to = to.WithElement(line % 4, lines[line, n]);
            }
        }

        transform.Run(1);
        for (var line = 0; line < HartleyTransform.Lines; line++)
        {
            for (var k = 0; k < length; k++)
            {
                var expected = 0.0;
                for (var n = 0; n < length; n++)
                {
                    var (sine, cosine) = Math.SinCos(2 * Math.PI * n * k / length);
                    expected += lines[line, n] * (sine + cosine);
                }

                Assert.Equal(expected, (line < 4 ? transform.A : transform.B)[k][line % 4], 1e-12);
            }
        }

        transform.Run(1.0 / length);
        Assert.Equal(lines[2, length - 1], transform.A[^1][2], 1e-14);
        Assert.Equal(lines[7, length / 2], transform.B[length / 2][3], 1e-14);
    }

    [Fact]
    public void Axis_passes_transform_every_line_along_each_axis_alone()
    {
        var size = (X: 11, Y: 10, Z: 9);
        var random = new Random(5);
        var voxels = new float[size.X * size.Y * size.Z];
        foreach (ref var voxel in voxels.AsSpan())
        {
            voxel = random.NextSingle();
        }

        int[] steps = [1, size.X, size.X * size.Y];
        int[] lengths = [size.X, size.Y, size.Z];
        for (var axis = 0; axis < 3; axis++)
        {
            float[] transformed = [.. voxels];
            AxisPasses.Run(transformed, size, axis, 1, threads: 2, CancellationToken.None);
            for (var at = 0; at < voxels.Length; at++)
            {
                var k = at / steps[axis] % lengths[axis];
                var first = at - k * steps[axis];
                var expected = 0.0;
                for (var n = 0; n < lengths[axis]; n++)
                {
                    var (sine, cosine) = Math.SinCos(2 * Math.PI * n * k / lengths[axis]);
                    expected += voxels[first + n * steps[axis]] * (sine + cosine);
                }

                Assert.Equal(expected, transformed[at], 2e-6);
            }
        }
    }
}
