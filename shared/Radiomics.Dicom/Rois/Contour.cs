using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A closed planar polygon in patient coordinates, mm; the last point joins the first.</summary>
/// <param name="Points">The corners.</param>
/// <param name="IsXor">CLOSEDPLANAR_XOR: it is combined with the others of its plane by exclusive or.</param>
internal sealed record Contour(IReadOnlyList<Point3> Points, bool IsXor = false)
{
    /// <summary>Normal of the plane times twice the enclosed area (Newell's sum).</summary>
    public Point3 AreaVector()
    {
        var sum = Point3.Zero;
        for (var i = 0; i < Points.Count; i++)
        {
            sum += (Points[i] - Points[0]).Cross(Points[(i + 1) % Points.Count] - Points[0]);
        }

        return sum;
    }

    /// <summary>Mean distance of the points from the origin along <paramref name="normal"/>.</summary>
    public double OffsetAlong(Point3 normal) => Points.Average(point => point.Dot(normal));
}
