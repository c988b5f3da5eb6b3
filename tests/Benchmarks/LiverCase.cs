using Radiomics.Extraction;

namespace Benchmarks;

/// <summary>
/// A liver-sized case for timing, the same for the same seed: two lobes, a fissure and rippled surface in an abdomen of 320 × 320 × 72 voxels of
/// 1.2 × 1.2 × 3 mm, with vessels, a slow shading and noise. The ROI has exactly as many voxels as asked for.
/// </summary>
internal sealed record LiverCase(Volume Image, Mask Roi)
{
    /// <summary>ROI voxels of a 1.5-litre liver on this grid.</summary>
    public const int LiverVoxels = 347_222;

    private static readonly VolumeGeometry s_grid = new()
    {
        SizeX = 320,
        SizeY = 320,
        SizeZ = 72,
        SpacingX = 1.2,
        SpacingY = 1.2,
        SpacingZ = 3,
    };

    public static LiverCase Generate(int voxels = LiverVoxels, int seed = 7)
    {
        var random = new Random(seed);
        var waves = Enumerable.Range(0, 12).Select(_ => Wave.Random(random)).ToArray();
        var depth = new float[s_grid.Count];
        var image = new float[s_grid.Count];
        var (ripple, vessels, shading) = (new double[s_grid.SizeX], new double[s_grid.SizeX], new double[s_grid.SizeX]);
        var i = 0;
        for (var z = 0; z < s_grid.SizeZ; z++)
        {
            for (var y = 0; y < s_grid.SizeY; y++)
            {
                var start = Position(0, y, z);
                Waves(waves, start, 3, w => w, ripple);
                Waves(waves[..4], start, 2, w => 1 / (1 + 60 * w * w), vessels);
                Waves(waves, start, 5, w => w, shading);
                for (var x = 0; x < s_grid.SizeX; x++, i++)
                {
                    var p = Position(x, y, z);
                    depth[i] = (float)(Lobes(p) + 0.02 * ripple[x]);
                    var intensity = 320 + 40 * p.Y - 25 * p.X + 8 * shading[x] + 60 * vessels[x];
                    image[i] = (float)Math.Round(Math.Max(0, intensity + 18 * Gaussian(random)));
                }
            }
        }

        // The voxels that lie deepest are the ROI.
        var sorted = depth.ToArray();
        Array.Sort(sorted);
        var limit = sorted[voxels - 1];
        var inside = new byte[depth.Length];
        for (i = 0; i < inside.Length; i++)
        {
            inside[i] = depth[i] <= limit ? (byte)1 : (byte)0;
        }

        return new(new(s_grid, image), new(s_grid, inside));
    }

    /// <summary>Squared distance to the nearer of two ellipsoidal lobes, in their own radii: 1 on their surface; the fissure lies between.</summary>
    private static double Lobes(Point3 p)
    {
        var right = Squared((p.X + 0.35) / 0.75, (p.Y - 0.05) / 0.8, p.Z / 0.75);
        var left = Squared((p.X - 0.35) / 0.7, (p.Y + 0.25) / 0.45, (p.Z - 0.15) / 0.45);
        var fissure = Math.Exp(-Squared((p.X - 0.15) / 0.05, (p.Y + 0.5) / 0.3, 0));
        return Math.Min(right, left) + 0.6 * fissure;
    }

    private static double Squared(double x, double y, double z) => x * x + y * y + z * z;

    /// <summary>In units of 100 mm from the grid's center.</summary>
    private static Point3 Position(int x, int y, int z) => new((x - 159.5) * 0.012, (y - 159.5) * 0.012, (z - 35.5) * 0.03);

    /// <summary>Sum of <paramref name="shape"/> of plane waves along a row of voxels; each turns by a constant angle a voxel.</summary>
    private static void Waves(ReadOnlySpan<Wave> waves, Point3 start, double frequency, Func<double, double> shape, double[] row)
    {
        Array.Clear(row);
        foreach (var wave in waves)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * frequency * start.Dot(wave.Direction) + wave.Phase);
            var (sinStep, cosStep) = Math.SinCos(2 * Math.PI * frequency * 0.012 * wave.Direction.X);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] += shape(sin);
                (sin, cos) = (sin * cosStep + cos * sinStep, cos * cosStep - sin * sinStep);
            }
        }
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private readonly record struct Wave(Point3 Direction, double Phase)
    {
        public static Wave Random(Random random) =>
            new(new Point3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5).Normalized(), 2 * Math.PI * random.NextDouble());
    }
}
