namespace Radiomics.Dicom;

/// <summary>The contours that lie in one plane, <paramref name="Offset"/> mm along the normal.</summary>
internal sealed record ContourPlane(double Offset, IReadOnlyList<Contour> Contours)
{
    private const double SamePlane = 0.1;

    /// <summary>Planes in order of their offsets.</summary>
    public static IReadOnlyList<ContourPlane> Group(IEnumerable<(double Offset, Contour Contour)> contours)
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
            planes.Add(new ContourPlane(current.Average(item => item.Offset), [.. current.Select(item => item.Contour)]));
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
