namespace Radiomics.Extraction.Tests;

/// <summary>The directional matrices and their features written down as the manual defines them, voxel by voxel and sum by sum: slow, and not the engine's way.</summary>
internal sealed class NaiveTexture((int X, int Y, int Z) size, int[] levels, (double X, double Y, double Z) spacing, TextureSettings settings)
{
    private static readonly (int X, int Y, int Z)[] Directions =
        [.. from x in Range() from y in Range() from z in Range() where z > 0 || (z == 0 && (y > 0 || (y == 0 && x > 0))) select (x, y, z)];

    private readonly int _levelCount = levels.Max();

    private static int[] Range() => [-1, 0, 1];

    /// <summary>Features of one aggregation by tag without ending.</summary>
    public Dictionary<string, double> Measure(Aggregation aggregation, bool runLength)
    {
        var inPlane = aggregation is not (Aggregation.Averaged3D or Aggregation.Merged3D);
        var bySlice = aggregation is Aggregation.Averaged2D or Aggregation.Merged2D;
        var merged = aggregation is Aggregation.Merged2D or Aggregation.Merged2Point5D or Aggregation.Merged3D;
        var directions = Directions.Where(d => !inPlane || d.Z == 0).ToArray();
        List<(Dictionary<string, double> Features, double Weight)> parts = [];
        foreach (var slices in bySlice ? Enumerable.Range(0, size.Z).Select(z => (z, z + 1)) : [(0, size.Z)])
        {
            var single = directions.Select(d => (Matrix: runLength ? Runs(d, slices) : Pairs(d, slices), Weight: Weight(d, runLength ? 1 : settings.CooccurrenceDistance)));
            var voxels = Enumerable.Range(slices.Item1, slices.Item2 - slices.Item1).Sum(z => levels.Skip(z * size.X * size.Y).Take(size.X * size.Y).Count(l => l > 0));
            if (merged)
            {
                var sum = new double[_levelCount + 1, Math.Max(_levelCount, Math.Max(size.X, Math.Max(size.Y, size.Z))) + 1];
                double weights = 0;
                foreach (var (matrix, weight) in single)
                {
                    weights += weight;
                    foreach (var (i, j) in Indices(matrix))
                    {
                        sum[i, j] += weight * matrix[i, j];
                    }
                }

                single = [(sum, 1)];
                AddFeatures(sum, 1, weights * voxels);
            }
            else
            {
                foreach (var (matrix, weight) in single)
                {
                    AddFeatures(matrix, weight, voxels);
                }
            }
        }

        return parts[0].Features.Keys.ToDictionary(k => k, k => parts.Sum(p => p.Weight * p.Features[k]) / parts.Sum(p => p.Weight));

        void AddFeatures(double[,] matrix, double weight, double voxels)
        {
            if (matrix.Cast<double>().Sum() > 0)
            {
                parts.Add((runLength ? RunFeatures(matrix, voxels) : PairFeatures(matrix), weight));
            }
        }
    }

    private double Weight((int X, int Y, int Z) d, int distance)
    {
        var (x, y, z) = (Math.Abs(d.X * distance) * spacing.X, Math.Abs(d.Y * distance) * spacing.Y, Math.Abs(d.Z * distance) * spacing.Z);
        return settings.DistanceWeighting switch
        {
            DistanceWeighting.Manhattan => Math.Exp(-Math.Pow(x + y + z, 2)),
            DistanceWeighting.Euclidean => Math.Exp(-(x * x + y * y + z * z)),
            DistanceWeighting.Infinity => Math.Exp(-Math.Pow(new[] { x, y, z }.Max(), 2)),
            _ => 1,
        };
    }

    private int LevelAt(int x, int y, int z) =>
        x < 0 || y < 0 || z < 0 || x >= size.X || y >= size.Y || z >= size.Z ? 0 : levels[(z * size.Y + y) * size.X + x];

    private double[,] Pairs((int X, int Y, int Z) d, (int From, int To) slices)
    {
        var matrix = new double[_levelCount + 1, _levelCount + 1];
        var distance = settings.CooccurrenceDistance;
        ForEachVoxel(slices, (x, y, z, level) =>
        {
            var other = LevelAt(x + distance * d.X, y + distance * d.Y, z + distance * d.Z);
            if (other > 0)
            {
                matrix[level, other]++;
                matrix[other, level] += settings.SymmetricCooccurrence ? 1 : 0;
            }
        });
        return matrix;
    }

    private double[,] Runs((int X, int Y, int Z) d, (int From, int To) slices)
    {
        var matrix = new double[_levelCount + 1, Math.Max(size.X, Math.Max(size.Y, size.Z)) + 1];
        ForEachVoxel(slices, (x, y, z, level) =>
        {
            if (LevelAt(x - d.X, y - d.Y, z - d.Z) != level)
            {
                var length = 1;
                while (LevelAt(x + length * d.X, y + length * d.Y, z + length * d.Z) == level)
                {
                    length++;
                }

                matrix[level, length]++;
            }
        });
        return matrix;
    }

    private void ForEachVoxel((int From, int To) slices, Action<int, int, int, int> visit)
    {
        for (var z = slices.From; z < slices.To; z++)
        {
            for (var y = 0; y < size.Y; y++)
            {
                for (var x = 0; x < size.X; x++)
                {
                    if (LevelAt(x, y, z) is > 0 and var level)
                    {
                        visit(x, y, z, level);
                    }
                }
            }
        }
    }

    private static IEnumerable<(int I, int J)> Indices(double[,] matrix) =>
        from i in Enumerable.Range(0, matrix.GetLength(0)) from j in Enumerable.Range(0, matrix.GetLength(1)) select (i, j);

    private static double Log(double p) => p > 0 ? p * Math.Log2(p) : 0;

    private Dictionary<string, double> PairFeatures(double[,] counts)
    {
        var total = counts.Cast<double>().Sum();
        (int I, int J, double P)[] cells = [.. Indices(counts).Where(c => counts[c.I, c.J] > 0).Select(c => (c.I, c.J, counts[c.I, c.J] / total))];
        double Sum(Func<double, double, double> f) => cells.Sum(c => f(c.I, c.J) * c.P);
        double[] Distribution(Func<(int I, int J, double P), int> key) => [.. cells.GroupBy(key).Select(g => g.Sum(c => c.P))];
        double Entropy(double[] p) => -p.Sum(Log);
        var rows = cells.GroupBy(c => c.I).ToDictionary(g => g.Key, g => g.Sum(c => c.P));
        var columns = cells.GroupBy(c => c.J).ToDictionary(g => g.Key, g => g.Sum(c => c.P));
        var (meanX, meanY) = (Sum((i, _) => i), Sum((_, j) => j));
        var (varianceX, varianceY) = (Sum((i, _) => (i - meanX) * (i - meanX)), Sum((_, j) => (j - meanY) * (j - meanY)));
        var difference = Sum((i, j) => Math.Abs(i - j));
        var (hx, hy) = (Entropy([.. rows.Values]), Entropy([.. columns.Values]));
        var hxy = Entropy([.. cells.Select(c => c.P)]);
        var hxy1 = -cells.Sum(c => c.P * Math.Log2(rows[c.I] * columns[c.J]));
        var hxy2 = -rows.Sum(r => columns.Sum(c => Log(r.Value * c.Value)));
        double n = _levelCount;
        return new()
        {
            ["cm_joint_max"] = cells.Max(c => c.P),
            ["cm_joint_avg"] = meanX,
            ["cm_joint_var"] = varianceX,
            ["cm_joint_entr"] = hxy,
            ["cm_diff_avg"] = difference,
            ["cm_diff_var"] = Sum((i, j) => Math.Pow(Math.Abs(i - j) - difference, 2)),
            ["cm_diff_entr"] = Entropy(Distribution(c => Math.Abs(c.I - c.J))),
            ["cm_sum_avg"] = Sum((i, j) => i + j),
            ["cm_sum_var"] = Sum((i, j) => Math.Pow(i + j - meanX - meanY, 2)),
            ["cm_sum_entr"] = Entropy(Distribution(c => c.I + c.J)),
            ["cm_energy"] = cells.Sum(c => c.P * c.P),
            ["cm_contrast"] = Sum((i, j) => (i - j) * (i - j)),
            ["cm_dissimilarity"] = difference,
            ["cm_inv_diff"] = Sum((i, j) => 1 / (1 + Math.Abs(i - j))),
            ["cm_inv_diff_norm"] = Sum((i, j) => 1 / (1 + Math.Abs(i - j) / n)),
            ["cm_inv_diff_mom"] = Sum((i, j) => 1 / (1 + (i - j) * (i - j))),
            ["cm_inv_diff_mom_norm"] = Sum((i, j) => 1 / (1 + (i - j) * (i - j) / (n * n))),
            ["cm_inv_var"] = Sum((i, j) => i == j ? 0 : 1 / ((i - j) * (i - j))),
            ["cm_corr"] = varianceX * varianceY > 1e-12 ? Sum((i, j) => (i - meanX) * (j - meanY)) / Math.Sqrt(varianceX * varianceY) : 1,
            ["cm_auto_corr"] = Sum((i, j) => i * j),
            ["cm_clust_tend"] = Sum((i, j) => Math.Pow(i + j - meanX - meanY, 2)),
            ["cm_clust_shade"] = Sum((i, j) => Math.Pow(i + j - meanX - meanY, 3)),
            ["cm_clust_prom"] = Sum((i, j) => Math.Pow(i + j - meanX - meanY, 4)),
            ["cm_info_corr1"] = Math.Max(hx, hy) > 1e-12 ? (hxy - hxy1) / Math.Max(hx, hy) : 0,
            ["cm_info_corr2"] = Math.Sqrt(Math.Max(0, 1 - Math.Exp(-2 * (hxy2 - hxy)))),
        };
    }

    private static Dictionary<string, double> RunFeatures(double[,] counts, double voxels)
    {
        var total = counts.Cast<double>().Sum();
        (double I, double J, double R)[] cells = [.. Indices(counts).Where(c => counts[c.I, c.J] > 0).Select(c => ((double)c.I, (double)c.J, counts[c.I, c.J]))];
        double Mean(Func<double, double, double> f) => cells.Sum(c => f(c.I, c.J) * c.R) / total;
        double Squares(Func<(double I, double J, double R), double> key) => cells.GroupBy(key).Sum(g => Math.Pow(g.Sum(c => c.R), 2));
        var (level, length) = (Mean((i, _) => i), Mean((_, j) => j));
        return new()
        {
            ["rlm_sre"] = Mean((_, j) => 1 / (j * j)),
            ["rlm_lre"] = Mean((_, j) => j * j),
            ["rlm_lgre"] = Mean((i, _) => 1 / (i * i)),
            ["rlm_hgre"] = Mean((i, _) => i * i),
            ["rlm_srlge"] = Mean((i, j) => 1 / (i * i * j * j)),
            ["rlm_srhge"] = Mean((i, j) => i * i / (j * j)),
            ["rlm_lrlge"] = Mean((i, j) => j * j / (i * i)),
            ["rlm_lrhge"] = Mean((i, j) => i * i * j * j),
            ["rlm_glnu"] = Squares(c => c.I) / total,
            ["rlm_glnu_norm"] = Squares(c => c.I) / (total * total),
            ["rlm_rlnu"] = Squares(c => c.J) / total,
            ["rlm_rlnu_norm"] = Squares(c => c.J) / (total * total),
            ["rlm_r_perc"] = total / voxels,
            ["rlm_gl_var"] = Mean((i, _) => (i - level) * (i - level)),
            ["rlm_rl_var"] = Mean((_, j) => (j - length) * (j - length)),
            ["rlm_rl_entr"] = -cells.Sum(c => Log(c.R / total)),
        };
    }
}
