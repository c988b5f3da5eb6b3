namespace Radiomics.Extraction.Tests;

public class IntensityPeaksTests
{
    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(1.2, 0.9, 3)]
    [InlineData(3.1, 5, 7)]
    public void Peaks_are_the_means_of_all_voxels_in_reach(double sx, double sy, double sz)
    {
        for (var seed = 0; seed < 6; seed++)
        {
            // The support ends at the image's border on some sides and goes on beyond the ROI on others.
            var random = new Random(seed);
            var support = Support((sx, sy, sz), (21, 17, 9), (random.Next(4), random.Next(4), random.Next(3)), random);
            var mask = Roi(support, (15, 12, 6), random);
            var maximum = Inside(support, mask).Max(p => At(support, p));
            var all = Inside(support, mask).ToDictionary(p => p, p => Mean(support, p));
            var (local, global) = IntensityPeaks.Find(support, mask, maximum);
            Assert.Equal(all.Values.Max(), global, 9);
            Assert.Equal(all.Where(p => At(support, p.Key) == maximum).Max(p => p.Value), local, 9);
        }
    }

    [Fact]
    public void Of_several_highest_voxels_the_one_with_the_highest_mean_counts()
    {
        var support = Support((3, 3, 3), (20, 5, 5), (0, 0, 0), new Random(1));
        Array.Clear(support.Intensities.Floats);
        foreach (var x in (int[])[3, 15])
        {
            support.Intensities.Floats[(2 * 5 + 2) * 20 + x] = 9;
        }

        support.Intensities.Floats[(2 * 5 + 2) * 20 + 16] = 8;
        var mask = new RoiGrid { GridSize = (20, 5, 5), Spacing = (3, 3, 3), Box = support.Box, Intensities = support.Intensities, Mask = [.. Enumerable.Repeat((byte)1, 500)] };
        Assert.Equal(17.0 / 33, IntensityPeaks.Find(support, mask, 9).Local, 12);
    }

    [Fact]
    public void A_sphere_with_a_voxel_that_is_no_number_has_no_mean()
    {
        var support = Support((2, 2, 2), (30, 3, 3), (0, 0, 0), new Random(1));
        support.Intensities.Floats[(3 + 1) * 30 + 2] = float.NaN;
        var mask = Roi(support, (30, 3, 3), new Random(2));
        var defined = Inside(support, mask).Select(p => Mean(support, p)).Where(double.IsFinite).Max();
        Assert.Equal(defined, IntensityPeaks.Find(support, mask, maximum: -1).Global, 9);
        Array.Fill(support.Intensities.Floats, float.NaN);
        Assert.Equal((double.NaN, double.NaN), IntensityPeaks.Find(support, mask, maximum: 1));
    }

    private static SupportGrid Support((double, double, double) spacing, (int X, int Y, int Z) size, (int X, int Y, int Z) offset, Random random) => new()
    {
        Spacing = spacing,
        Box = new(0, 0, 0, size.X, size.Y, size.Z),
        Offset = offset,
        Intensities = [.. Enumerable.Range(0, size.X * size.Y * size.Z).Select(_ => (float)random.Next(100))],
    };

    private static RoiGrid Roi(SupportGrid support, (int X, int Y, int Z) size, Random random) => new()
    {
        GridSize = (support.Box.SizeX, support.Box.SizeY, support.Box.SizeZ),
        Spacing = support.Spacing,
        Box = new(support.Offset.X, support.Offset.Y, support.Offset.Z, size.X, size.Y, size.Z),
        Intensities = new float[size.X * size.Y * size.Z],
        Mask = [.. Enumerable.Range(0, size.X * size.Y * size.Z).Select(_ => (byte)random.Next(2))],
    };

    private static IEnumerable<(int X, int Y, int Z)> Inside(SupportGrid support, RoiGrid mask)
    {
        for (var i = 0; i < mask.Mask.Length; i++)
        {
            if (mask.Mask[i] != 0)
            {
                var (x, y, z) = (i % mask.Box.SizeX, i / mask.Box.SizeX % mask.Box.SizeY, i / mask.Box.SizeX / mask.Box.SizeY);
                yield return (x + support.Offset.X, y + support.Offset.Y, z + support.Offset.Z);
            }
        }
    }

    private static double At(SupportGrid support, (int X, int Y, int Z) p) =>
        support.Intensities[(p.Z * support.Box.SizeY + p.Y) * support.Box.SizeX + p.X];

    private static double Mean(SupportGrid support, (int X, int Y, int Z) center)
    {
        double sum = 0;
        var count = 0;
        for (var z = 0; z < support.Box.SizeZ; z++)
        {
            for (var y = 0; y < support.Box.SizeY; y++)
            {
                for (var x = 0; x < support.Box.SizeX; x++)
                {
                    var (sx, sy, sz) = support.Spacing;
                    if (new Point3((x - center.X) * sx, (y - center.Y) * sy, (z - center.Z) * sz).Length <= IntensityPeaks.Radius)
                    {
                        sum += At(support, (x, y, z));
                        count++;
                    }
                }
            }
        }

        return sum / count;
    }
}
