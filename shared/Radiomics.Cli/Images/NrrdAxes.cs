using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>Which axes of an NRRD file are space, and where that lies.</summary>
/// <param name="Geometry">The grid of one volume.</param>
/// <param name="Components">Numbers for each voxel: the product of the axes that are faster than space.</param>
/// <param name="Volumes">Volumes one after the other: the product of the axes that are slower.</param>
internal sealed record NrrdAxes(VolumeGeometry Geometry, int Components, int Volumes)
{
    private const string Format = NrrdHeader.Format;

    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public static NrrdAxes Read(NrrdHeader header, IReadOnlyList<long> sizes, List<string> warnings)
    {
        var vectors = header["space directions"] is { } directions ? Vectors(directions, sizes.Count) : null;
        var isSpace = Space(header, sizes, vectors);
        var first = Array.IndexOf(isSpace, true);
        var count = isSpace.Count(space => space);
        if (count is < 1 or > 3 || !isSpace.AsSpan(first, count).ToArray().All(space => space))
        {
            throw ImageError.Of(Format, "Its axes of space aren't two or three in a row.");
        }

        var signs = Signs(header["space"], warnings);
        var steps = new Point3[count];
        for (var i = 0; i < count; i++)
        {
            steps[i] = Signed(vectors?[first + i] ?? Along(i, Spacing(header, first + i, sizes.Count)), signs);
        }

        var origin = header["space origin"] is { } text ? Signed(Point(ImageGrid.Numbers(Format, "space origin", text)), signs) : Point3.Zero;
        return new(
            ImageGrid.Of(Format, [.. sizes.Skip(first).Take(count)], steps, origin),
            Product(sizes.Take(first)),
            Product(sizes.Skip(first + count)));
    }

    private static bool[] Space(NrrdHeader header, IReadOnlyList<long> sizes, Point3?[]? vectors)
    {
        if (vectors is not null)
        {
            return Array.ConvertAll(vectors, vector => vector is not null);
        }

        var kinds = header["kinds"]?.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (kinds?.Length == sizes.Count && kinds.Any(kind => kind is "domain" or "space"))
        {
            return Array.ConvertAll(kinds, kind => kind is "domain" or "space");
        }

        return [.. sizes.Select((_, i) => i < 3)];
    }

    /// <summary>Vectors as <c>(x,y,z)</c>, or <c>none</c> for an axis that isn't space.</summary>
    private static Point3?[] Vectors(string text, int dimension)
    {
        var vectors = new List<Point3?>();
        for (var rest = text.AsSpan().Trim(); !rest.IsEmpty; rest = rest.TrimStart())
        {
            var end = rest[0] == '(' ? rest.IndexOf(')') : rest.IndexOfAny(' ', '\t') is >= 0 and var space ? space - 1 : rest.Length - 1;
            if (end < 0)
            {
                throw ImageError.Of(Format, "Its 'space directions' can't be read.");
            }

            var part = rest[..(end + 1)].ToString();
            vectors.Add(part == "none" ? null : Point(ImageGrid.Numbers(Format, "space directions", part)));
            rest = rest[(end + 1)..];
        }

        return vectors.Count == dimension ? [.. vectors] : throw ImageError.Of(Format, "It has not as many 'space directions' as dimensions.");
    }

    private static double Spacing(NrrdHeader header, int axis, int dimension)
    {
        if (header["spacings"] is not { } text)
        {
            return 1;
        }

        var spacings = ImageGrid.Numbers(Format, "spacings", text);
        return spacings.Length != dimension ? throw ImageError.Of(Format, "It has not as many 'spacings' as dimensions.") : double.IsNaN(spacings[axis]) ? 1 : spacings[axis];
    }

    /// <summary>By what axes of a space become those of LPS.</summary>
    private static Point3 Signs(string? space, List<string> warnings)
    {
        switch (space?.ToLowerInvariant())
        {
            case null or "left-posterior-superior" or "lps" or "left-posterior-superior-time" or "lpst":
                return new(1, 1, 1);
            case "right-anterior-superior" or "ras" or "right-anterior-superior-time" or "rast":
                return new(-1, -1, 1);
            case "left-anterior-superior" or "las" or "left-anterior-superior-time" or "last":
                return new(1, -1, 1);
            default:
                warnings.Add($"The NRRD file's space is '{space}', which says nothing of the patient: it is taken as left-posterior-superior, as ITK does.");
                return new(1, 1, 1);
        }
    }

    private static Point3 Signed(Point3 point, Point3 signs) => new(point.X * signs.X + 0.0, point.Y * signs.Y + 0.0, point.Z * signs.Z + 0.0);

    private static Point3 Along(int axis, double length) => axis switch { 0 => new(length, 0, 0), 1 => new(0, length, 0), _ => new(0, 0, length) };

    private static Point3 Point(double[] numbers) => numbers switch
    {
        [var x, var y, var z] => new(x, y, z),
        [var x, var y] => new(x, y, 0),
        _ => throw ImageError.Of(Format, "Its space has neither two nor three dimensions."),
    };

    private static int Product(IEnumerable<long> sizes)
    {
        var product = 1L;
        foreach (var size in sizes)
        {
            product = size is >= 1 and <= int.MaxValue && product * size <= 1 << 16
                ? product * size
                : throw ImageError.Of(Format, "A dimension is empty, or there are more than 65,536 volumes.");
        }

        return (int)product;
    }
}
