namespace Radiomics.Dicom;

/// <summary>Which pixel centers lie inside polygons, by the even-odd rule.</summary>
internal static class PolygonFill
{
    /// <summary>
    /// Adds 1 to every pixel of <paramref name="counts"/> (x fastest) whose center lies inside. Coordinates are pixel indices. A row is
    /// crossed by an edge
    /// from its lower end (inclusive) to its upper end (exclusive), a span runs from its left end (inclusive) to its right end
    /// (exclusive): polygons that share
    /// an edge share no pixel.
    /// </summary>
    public static void AddInside(IEnumerable<(double X, double Y)[]> polygons, int sizeX, int sizeY, int[] counts) =>
        ForEachSpan(polygons, sizeX, sizeY, (start, length) =>
        {
            foreach (ref var count in counts.AsSpan(start, length))
            {
                count++;
            }
        });

    /// <summary>Sets every pixel of <paramref name="target"/> whose center lies inside to <paramref name="value"/>.</summary>
    public static void Paint((double X, double Y)[] polygon, int sizeX, int sizeY, byte value, byte[] target) =>
        ForEachSpan([polygon], sizeX, sizeY, (start, length) => target.AsSpan(start, length).Fill(value));

    private static void ForEachSpan(IEnumerable<(double X, double Y)[]> polygons, int sizeX, int sizeY, Action<int, int> visit)
    {
        var crossings = new List<double>?[sizeY];
        foreach (var polygon in polygons)
        {
            for (var i = 0; i < polygon.Length; i++)
            {
                AddCrossings(polygon[i], polygon[(i + 1) % polygon.Length], crossings);
            }
        }

        for (var y = 0; y < sizeY; y++)
        {
            if (crossings[y] is not { } row)
            {
                continue;
            }

            row.Sort();
            for (var i = 0; i + 1 < row.Count; i += 2)
            {
                var first = (int)Math.Clamp(Math.Ceiling(row[i]), 0, sizeX);
                var end = (int)Math.Clamp(Math.Ceiling(row[i + 1]), first, sizeX);
                visit((y * sizeX) + first, end - first);
            }
        }
    }

    private static void AddCrossings((double X, double Y) a, (double X, double Y) b, List<double>?[] crossings)
    {
        var (low, high) = a.Y <= b.Y ? (a, b) : (b, a);
        var first = (int)Math.Clamp(Math.Ceiling(low.Y), 0, crossings.Length);
        var end = (int)Math.Clamp(Math.Ceiling(high.Y), first, crossings.Length);
        for (var y = first; y < end; y++)
        {
            (crossings[y] ??= []).Add(low.X + ((y - low.Y) / (high.Y - low.Y) * (high.X - low.X)));
        }
    }
}
