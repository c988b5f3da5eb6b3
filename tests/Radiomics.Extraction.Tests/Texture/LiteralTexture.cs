namespace Radiomics.Extraction.Tests;

/// <summary>The matrices without directions as the IBSI manual words them, voxel by voxel, and their features as it writes them; slow on purpose.</summary>
internal sealed class LiteralTexture(LevelImage image, TextureSettings settings)
{
    /// <summary>All features by tag; NaN where a formula has no value.</summary>
    public Dictionary<string, double> Features()
    {
        var slices = Enumerable.Range(0, image.SizeZ).Where(z => Voxels([z]).Any()).ToArray();
        var features = new Dictionary<string, double>();
        void Add(string family, string[] names, Func<int[], double[]> of)
        {
            var bySlice = slices.Select(z => of([z])).ToArray();
            var merged = of(slices);
            var volume = of([]);
            for (var i = 0; i < names.Length; i++)
            {
                features.Add($"{family}_{names[i]}_2D", bySlice.Select(v => v[i]).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average());
                features.Add($"{family}_{names[i]}_2_5D", merged[i]);
                features.Add($"{family}_{names[i]}_3D", volume[i]);
            }
        }

        Add("szm", Names("sze lze lgze hgze szlge szhge lzlge lzhge glnu glnu_norm zsnu zsnu_norm z_perc gl_var zs_var zs_entr"), s => Counts(Zones(s, (size, _) => size), s));
        Add("dzm", Names("sde lde lgze hgze sdlge sdhge ldlge ldhge glnu glnu_norm zdnu zdnu_norm z_perc gl_var zd_var zd_entr"), s => Counts(Zones(s, (_, distance) => distance), s));
        Add("ngt", Names("coarseness contrast busyness complexity strength"), s => ToneDifferences([.. MaskedSlices(s)]));
        Add("ngl", Names("lde hde lgce hgce ldlge ldhge hdlge hdhge glnu glnu_norm dcnu dcnu_norm dc_perc gl_var dc_var dc_entr dc_energy"), s => Counts(Dependences(s), s));
        return features;
    }

    private static string[] Names(string names) => names.Split(' ');

    /// <summary>Slices to be taken one by one; none stands for the volume as a whole.</summary>
    private IEnumerable<int[]> MaskedSlices(int[] slices) => slices.Length == 0 ? [[.. Enumerable.Range(0, image.SizeZ)]] : slices.Select(z => new[] { z });

    private IEnumerable<(int X, int Y, int Z)> Voxels(int[] slices) =>
        from z in slices
        from y in Enumerable.Range(0, image.SizeY)
        from x in Enumerable.Range(0, image.SizeX)
        where Level((x, y, z)) > 0
        select (x, y, z);

    private bool IsInGrid((int X, int Y, int Z) v) =>
        v.X >= 0 && v.Y >= 0 && v.Z >= 0 && v.X < image.SizeX && v.Y < image.SizeY && v.Z < image.SizeZ;

    private int Stored((int X, int Y, int Z) v) => IsInGrid(v) ? image.Levels[(v.Z * image.SizeY + v.Y) * image.SizeX + v.X] : 0;

    private int Level((int X, int Y, int Z) v) => Stored(v) is var level && level == LevelImage.MorphologicalOnly ? 0 : level;

    private IEnumerable<(int X, int Y, int Z)> Around((int X, int Y, int Z) v, int distance, int[] slices) =>
        from z in Enumerable.Range(v.Z - distance, 2 * distance + 1)
        from y in Enumerable.Range(v.Y - distance, 2 * distance + 1)
        from x in Enumerable.Range(v.X - distance, 2 * distance + 1)
        where (x, y, z) != v && slices.Contains(z) && Level((x, y, z)) > 0
        select (x, y, z);

    private List<(int Level, int Column)> Zones(int[] chosen, Func<int, int, int> column)
    {
        var zones = new List<(int, int)>();
        foreach (var slices in MaskedSlices(chosen))
        {
            var seen = new HashSet<(int, int, int)>();
            foreach (var start in Voxels(slices))
            {
                if (!seen.Add(start))
                {
                    continue;
                }

                var zone = new List<(int X, int Y, int Z)> { start };
                for (var i = 0; i < zone.Count; i++)
                {
                    zone.AddRange(Around(zone[i], 1, slices).Where(v => Level(v) == Level(start) && seen.Add(v)));
                }

                zones.Add((Level(start), column(zone.Count, zone.Min(v => BorderDistance(v, inSlice: chosen.Length > 0)))));
            }
        }

        return zones;
    }

    /// <summary>Breadth first, step by step, until a voxel outside the morphological mask is met.</summary>
    public int BorderDistance((int X, int Y, int Z) start, bool inSlice)
    {
        var queue = new Queue<((int X, int Y, int Z) Voxel, int Steps)>([(start, 0)]);
        var seen = new HashSet<(int, int, int)> { start };
        while (true)
        {
            var (v, steps) = queue.Dequeue();
            if (Stored(v) == 0)
            {
                return steps;
            }

            (int, int, int)[] next = [(v.X - 1, v.Y, v.Z), (v.X + 1, v.Y, v.Z), (v.X, v.Y - 1, v.Z), (v.X, v.Y + 1, v.Z), (v.X, v.Y, v.Z - 1), (v.X, v.Y, v.Z + 1)];
            foreach (var neighbour in next.Take(inSlice ? 4 : 6).Where(seen.Add))
            {
                queue.Enqueue((neighbour, steps + 1));
            }
        }
    }

    private List<(int Level, int Column)> Dependences(int[] chosen) =>
    [
        .. from slices in MaskedSlices(chosen)
           from v in Voxels(slices)
           select (Level(v), 1 + Around(v, settings.DependenceDistance, slices).Count(n => Math.Abs(Level(n) - Level(v)) <= settings.DependenceCoarseness)),
    ];

    private double[] Counts(List<(int Level, int Column)> items, int[] chosen)
    {
        double n = items.Count;
        double voxels = Voxels(chosen.Length == 0 ? [.. Enumerable.Range(0, image.SizeZ)] : chosen).Count();
        double Mean(Func<double, double, double> of) => items.Sum(s => of(s.Level, s.Column)) / n;
        double Squares(Func<(int Level, int Column), object> key) => items.GroupBy(key).Sum(g => Math.Pow(g.Count(), 2));
        var (meanLevel, meanColumn) = (Mean((i, _) => i), Mean((_, j) => j));
        var rows = Squares(s => s.Level);
        var columns = Squares(s => s.Column);
        return
        [
            Mean((_, j) => 1 / (j * j)), Mean((_, j) => j * j), Mean((i, _) => 1 / (i * i)), Mean((i, _) => i * i),
            Mean((i, j) => 1 / (i * i * j * j)), Mean((i, j) => i * i / (j * j)), Mean((i, j) => j * j / (i * i)), Mean((i, j) => i * i * j * j),
            rows / n, rows / (n * n), columns / n, columns / (n * n), n / voxels,
            Mean((i, _) => Math.Pow(i - meanLevel, 2)), Mean((_, j) => Math.Pow(j - meanColumn, 2)),
            -items.GroupBy(s => s).Sum(g => g.Count() / n * Math.Log2(g.Count() / n)), Squares(s => s) / (n * n),
        ];
    }

    private double[] ToneDifferences(int[][] parts)
    {
        var valid = (
            from slices in parts
            from v in Voxels(slices)
            let around = Around(v, settings.NeighbourhoodDistance, slices).Select(Level).ToArray()
            where around.Length > 0
            select (Level: Level(v), Difference: Math.Abs(Level(v) - around.Average()))).ToArray();
        if (valid.Length == 0)
        {
            return [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN];
        }

        double n = valid.Length;
        var rows = valid.GroupBy(v => v.Level).Select(g => (I: (double)g.Key, P: g.Count() / n, S: g.Sum(v => v.Difference))).ToArray();
        double Pairs(Func<(double I, double P, double S), (double I, double P, double S), double> of) => rows.Sum(a => rows.Sum(b => of(a, b)));
        var (weighted, sum) = (rows.Sum(r => r.P * r.S), rows.Sum(r => r.S));
        var products = Pairs((a, b) => Math.Abs(a.I * a.P - b.I * b.P));
        return
        [
            Math.Min(1e6, 1 / weighted),
            rows.Length == 1 ? 0 : Pairs((a, b) => a.P * b.P * (a.I - b.I) * (a.I - b.I)) / (rows.Length * (rows.Length - 1)) * sum / n,
            rows.Length == 1 ? 0 : products < 1e-12 ? double.NaN : weighted / products,
            Pairs((a, b) => Math.Abs(a.I - b.I) * (a.P * a.S + b.P * b.S) / (a.P + b.P)) / n,
            sum == 0 ? 0 : Pairs((a, b) => (a.P + b.P) * (a.I - b.I) * (a.I - b.I)) / sum,
        ];
    }
}
