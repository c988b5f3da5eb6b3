namespace Radiomics.Dicom.Phantom;

/// <summary>An ellipsoid along the body axes: center and semi-axes, mm.</summary>
internal readonly record struct Ellipsoid(double X, double Y, double Z, double A, double B, double C)
{
    /// <summary>Scaled about the origin.</summary>
    public Ellipsoid Scale(double s) => new(X * s, Y * s, Z * s, A * s, B * s, C * s);

    /// <summary>Scaled about its own center.</summary>
    public Ellipsoid Grow(double s) => this with { A = A * s, B = B * s, C = C * s };

    /// <summary>Below 1 inside, 1 on the surface: the squared radius in units of the semi-axes.</summary>
    public double Level(double x, double y, double z)
    {
        var (dx, dy, dz) = ((x - X) / A, (y - Y) / B, (z - Z) / C);
        return dx * dx + dy * dy + dz * dz;
    }

    /// <summary>Whether a point lies inside.</summary>
    public bool Contains(double x, double y, double z) => Level(x, y, z) < 1;

    /// <summary>Roughly the distance to the surface, mm, negative inside.</summary>
    public double Distance(double x, double y, double z) => (Math.Sqrt(Level(x, y, z)) - 1) * Math.Cbrt(A * B * C);
}
