namespace Radiomics.Extraction;

/// <summary>
/// Divides an image into supervoxels, compact groups of like neighbours, by simple linear iterative clustering (Achanta et al., IEEE Trans Pattern Anal Mach Intell
/// 2012;34:2274) in mm: centers begin on a regular grid; each voxel goes to the center with the least <c>(ΔI/m)² + (d/S)²</c> among those whose cube of twice the grid's
/// step S it lies in; centers move to the means of their voxels; ten times. At last what hangs together only in pieces is divided, and small pieces join a neighbour.
/// </summary>
internal static class Supervoxels
{
    /// <summary>Weight of distance against intensity, m, as MIRP has it: for intensities between 0 and 1.</summary>
    private const double Compactness = 0.05;

    private const int Rounds = 10;

    /// <summary>The supervoxel of each voxel, numbered from 0 on, and how many there are.</summary>
    /// <param name="voxels">Intensities, mostly between 0 and 1, x fastest.</param>
    /// <param name="size">Voxels along x, y, z.</param>
    /// <param name="spacing">mm.</param>
    /// <param name="volume">Volume that a supervoxel is to have, mm³.</param>
    public static (int[] Labels, int Count) Of(float[] voxels, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing, double volume)
    {
        var step = Math.Cbrt(volume);
        var (nx, ny, nz) = (Cells(size.X, spacing.X, step), Cells(size.Y, spacing.Y, step), Cells(size.Z, spacing.Z, step));
        var labels = new int[voxels.Length];
        for (var n = 0; n < labels.Length; n++)
        {
            var (x, y, z) = (n % size.X, n / size.X % size.Y, n / size.X / size.Y);
            labels[n] = (z * nz / size.Z * ny + y * ny / size.Y) * nx + x * nx / size.X;
        }

        var centers = new Center[nx * ny * nz];
        var distances = new float[voxels.Length];
        for (var round = 0; round < Rounds; round++)
        {
            Move(centers, voxels, labels, size);
            Array.Fill(distances, float.PositiveInfinity);
            for (var c = 0; c < centers.Length; c++)
            {
                Gather(c, centers[c], voxels, labels, distances, size, spacing, step);
            }
        }

        return Connected(labels, size, voxels.Length / centers.Length / 2);
    }

    private static int Cells(int size, double spacing, double step) => Math.Clamp((int)Math.Round(size * spacing / step), 1, size);

    private static void Move(Center[] centers, float[] voxels, int[] labels, (int X, int Y, int Z) size)
    {
        Array.Clear(centers);
        for (var n = 0; n < labels.Length; n++)
        {
            ref var center = ref centers[labels[n]];
            center = new(
                center.X + n % size.X, center.Y + n / size.X % size.Y, center.Z + n / size.X / size.Y, center.Intensity + voxels[n], center.Count + 1);
        }

        foreach (ref var center in centers.AsSpan())
        {
            center = center.Count == 0 ? center : new(
                center.X / center.Count, center.Y / center.Count, center.Z / center.Count, center.Intensity / center.Count, center.Count);
        }
    }

    private static void Gather(
        int number, Center center, float[] voxels, int[] labels, float[] distances, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing, double step)
    {
        if (center.Count == 0)
        {
            return;
        }

        var (firstX, lastX) = Around(center.X, spacing.X, size.X);
        var (firstY, lastY) = Around(center.Y, spacing.Y, size.Y);
        var (firstZ, lastZ) = Around(center.Z, spacing.Z, size.Z);
        for (var z = firstZ; z <= lastZ; z++)
        {
            for (var y = firstY; y <= lastY; y++)
            {
                var (dz, dy) = ((z - center.Z) * spacing.Z / step, (y - center.Y) * spacing.Y / step);
                for (var x = firstX; x <= lastX; x++)
                {
                    var n = (z * size.Y + y) * size.X + x;
                    var (dx, di) = ((x - center.X) * spacing.X / step, (voxels[n] - center.Intensity) / Compactness);
                    var distance = (float)(dx * dx + dy * dy + dz * dz + di * di);
                    if (distance < distances[n])
                    {
                        (distances[n], labels[n]) = (distance, number);
                    }
                }
            }
        }

        (int First, int Last) Around(double at, double mm, int count) =>
            (Math.Max(0, (int)Math.Ceiling(at - step / mm)), Math.Min(count - 1, (int)Math.Floor(at + step / mm)));
    }

    /// <summary>Numbers anew the pieces that hang together by faces; one smaller than <paramref name="least"/> joins the piece that was met beside it.</summary>
    private static (int[] Labels, int Count) Connected(int[] labels, (int X, int Y, int Z) size, int least)
    {
        var result = new int[labels.Length];
        Array.Fill(result, -1);
        var (count, piece) = (0, new List<int>());
        for (var n = 0; n < labels.Length; n++)
        {
            if (result[n] >= 0)
            {
                continue;
            }

            piece.Clear();
            piece.Add(n);
            var (number, beside) = (count, -1);
            result[n] = number;
            for (var i = 0; i < piece.Count; i++)
            {
                var at = piece[i];
                var (x, y, z) = (at % size.X, at / size.X % size.Y, at / size.X / size.Y);
                Visit(x > 0, at - 1);
                Visit(x < size.X - 1, at + 1);
                Visit(y > 0, at - size.X);
                Visit(y < size.Y - 1, at + size.X);
                Visit(z > 0, at - size.X * size.Y);
                Visit(z < size.Z - 1, at + size.X * size.Y);

                void Visit(bool isThere, int to)
                {
                    if (!isThere)
                    {
                        return;
                    }

                    if (result[to] < 0 && labels[to] == labels[at])
                    {
                        result[to] = number;
                        piece.Add(to);
                    }
                    else if (result[to] >= 0 && result[to] != number)
                    {
                        beside = result[to];
                    }
                }
            }

            if (piece.Count < least && beside >= 0)
            {
                piece.ForEach(at => result[at] = beside);
            }
            else
            {
                count++;
            }
        }

        return (result, count);
    }

    /// <summary>Mean place (in voxels) and intensity of a supervoxel; sums while they are made.</summary>
    private readonly record struct Center(double X, double Y, double Z, double Intensity, int Count);
}
