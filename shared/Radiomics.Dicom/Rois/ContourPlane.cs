using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The contours that lie in one plane, <paramref name="Offset"/> mm along <paramref name="Normal"/>.</summary>
internal sealed record ContourPlane(double Offset, Point3 Normal, IReadOnlyList<Contour> Contours)
{
    private const double SamePlane = 0.1;

    private IReadOnlyList<(Contour Contour, int Depth)>? _nested;

    /// <summary>The contours with how deep they lie in others, outer ones first, each shape once.</summary>
    /// <exception cref="RadiomicsException"><c>RoiUnreadable</c>.</exception>
    public IReadOnlyList<(Contour Contour, int Depth)> Nested => _nested ??= ContourNesting.Of(Contours, Normal);

    /// <summary>Planes in order of their offsets.</summary>
    public static IReadOnlyList<ContourPlane> Group(IEnumerable<(double Offset, Contour Contour)> contours, Point3 normal)
    {
        var planes = new List<ContourPlane>();
        var current = new List<(double Offset, Contour Contour)>();
        foreach (var item in contours.OrderBy(item => item.Offset))
        {
            if (current.Count > 0 && item.Offset - current[^1].Offset > SamePlane)
            {
                Close();
            }

            current.Add(item);
        }

        if (current.Count > 0)
        {
            Close();
        }

        return planes;

        void Close()
        {
            planes.Add(new ContourPlane(current.Average(item => item.Offset), normal, [.. current.Select(item => item.Contour)]));
            current.Clear();
        }
    }

    /// <summary>Distance of neighboring planes; <paramref name="ifSingle"/> if there is but one. Planes left undrawn don't count.</summary>
    public static double SpacingOf(IReadOnlyList<ContourPlane> planes, double ifSingle)
    {
        if (planes.Count < 2)
        {
            return ifSingle;
        }

        return planes.Zip(planes.Skip(1), (a, b) => b.Offset - a.Offset).Order().ElementAt((planes.Count - 2) / 2);
    }
}
