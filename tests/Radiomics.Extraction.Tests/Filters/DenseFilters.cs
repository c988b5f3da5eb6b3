namespace Radiomics.Extraction.Tests;

/// <summary>Filters as sums over all their weights, in double precision: image and kernel are functions of three indices, rotations turn the kernel.</summary>
internal static class DenseFilters
{
    /// <summary>A kernel: weights by offset from the response, <c>response[p] = Σ weight · image[p + offset]</c>.</summary>
    public sealed class Kernel : Dictionary<(int X, int Y, int Z), double>;

    /// <summary>The 24 rotations as what quarter turns about two axes make.</summary>
    public static IReadOnlyList<Func<(int X, int Y, int Z), (int X, int Y, int Z)>> OfVolume { get; } = Closure(p => (-p.Y, p.X, p.Z), p => (p.X, -p.Z, p.Y));

    /// <summary>The 4 rotations about z.</summary>
    public static IReadOnlyList<Func<(int X, int Y, int Z), (int X, int Y, int Z)>> OfSlice { get; } = Closure(p => (-p.Y, p.X, p.Z));

    /// <summary>The outer product of filters along the axes.</summary>
    public static Kernel Product(IEnumerable<(int Offset, double Weight)> x, IEnumerable<(int Offset, double Weight)> y, IEnumerable<(int Offset, double Weight)> z)
    {
        var kernel = new Kernel();
        foreach (var (c, wz) in z)
        {
            foreach (var (b, wy) in y)
            {
                foreach (var (a, wx) in x)
                {
                    kernel[(a, b, c)] = wx * wy * wz;
                }
            }
        }

        return kernel;
    }

    /// <summary>A kernel of a convolution, whose weights stand in the order of its own coordinate, the middle one (of an even number, the one after) at 0.</summary>
    public static IEnumerable<(int Offset, double Weight)> Convolution(double[] weights, int dilation = 1) =>
        weights.Select((weight, i) => ((weights.Length / 2 - i) * dilation, weight));

    public static Kernel Rotate(Kernel kernel, Func<(int X, int Y, int Z), (int X, int Y, int Z)> rotation)
    {
        var rotated = new Kernel();
        foreach (var (offset, weight) in kernel)
        {
            rotated[rotation(offset)] = weight;
        }

        return rotated;
    }

    /// <summary>The response of the whole image.</summary>
    public static double[] Respond(double[] image, (int X, int Y, int Z) size, Kernel kernel, FilterBoundary border)
    {
        var response = new double[image.Length];
        for (var i = 0; i < image.Length; i++)
        {
            var (x, y, z) = (i % size.X, i / size.X % size.Y, i / size.X / size.Y);
            foreach (var (offset, weight) in kernel)
            {
                var (a, b, c) = (Inside(x + offset.X, size.X, border), Inside(y + offset.Y, size.Y, border), Inside(z + offset.Z, size.Z, border));
                response[i] += a is null || b is null || c is null ? 0 : weight * image[(c.Value * size.Y + b.Value) * size.X + a.Value];
            }
        }

        return response;
    }

    /// <summary>The responses of all rotations as one.</summary>
    public static double[] Pool(IReadOnlyList<double[]> responses, RotationInvariance pooling) => [.. Enumerable.Range(0, responses[0].Length).Select(i =>
    {
        var all = responses.Select(response => response[i]);
        return pooling switch { RotationInvariance.Max => all.Max(), RotationInvariance.Min => all.Min(), _ => all.Average() };
    })];

    /// <summary>Step by step to the voxel that stands for one beyond the border; null where there is a zero.</summary>
    private static int? Inside(int i, int size, FilterBoundary border)
    {
        while (i < 0 || i >= size)
        {
            switch (border)
            {
                case FilterBoundary.Zero:
                    return null;
                case FilterBoundary.Nearest:
                    return i < 0 ? 0 : size - 1;
                case FilterBoundary.Periodic:
                    i += i < 0 ? size : -size;
                    break;
                default:
                    i = i < 0 ? -1 - i : 2 * size - 1 - i;
                    break;
            }
        }

        return i;
    }

    private static List<Func<(int X, int Y, int Z), (int X, int Y, int Z)>> Closure(params Func<(int X, int Y, int Z), (int X, int Y, int Z)>[] turns)
    {
        var all = new List<Func<(int X, int Y, int Z), (int X, int Y, int Z)>> { p => p };
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var turn in turns)
            {
                var before = all[i];
                Func<(int X, int Y, int Z), (int X, int Y, int Z)> next = p => turn(before(p));
                if (!all.Exists(known => known((1, 2, 3)) == next((1, 2, 3))))
                {
                    all.Add(next);
                }
            }
        }

        return all;
    }
}
