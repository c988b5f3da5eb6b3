namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>shape2D</c>: the outline of an ROI of one slice, and the axes of its pixels' centers with variances over N.</summary>
internal static class Shape2DClass
{
    public static readonly PyRadiomicsClass<Measures> Class = new(
        "shape2D",
        FeatureFamily.Morphology,
        [
            new("MeshSurface", FeatureUnit.SquareMillimetre, "area that the outline encloses", m => m.Surface),
            new("PixelSurface", FeatureUnit.SquareMillimetre, "number of pixels times a pixel's area", m => m.PixelSurface),
            new("Perimeter", FeatureUnit.Millimetre, "length of the outline", m => m.Perimeter),
            new("PerimeterSurfaceRatio", FeatureUnit.PerMillimetre, "perimeter / mesh surface", m => m.Perimeter / m.Surface),
            new("Sphericity", FeatureUnit.None, "2·√(π·mesh surface) / perimeter", m => m.Circle / m.Perimeter),
            new("SphericalDisproportion", FeatureUnit.None, "perimeter / (2·√(π·mesh surface))", m => m.Perimeter / m.Circle) { OnRequest = true },
            new("MaximumDiameter", FeatureUnit.Millimetre, "largest distance between two corners of the outline", m => m.Diameter),
            new("MajorAxisLength", FeatureUnit.Millimetre, "4·√λ of the largest variance of the pixels' centers", m => 4 * Math.Sqrt(m.Major)),
            new("MinorAxisLength", FeatureUnit.Millimetre, "4·√λ of the smallest variance of the pixels' centers", m => 4 * Math.Sqrt(m.Minor)),
            new("Elongation", FeatureUnit.None, "minor axis / major axis", m => Math.Sqrt(m.Minor / m.Major)),
        ]);

    public static void Add(SliceMask mask, ClassSink features)
    {
        var (perimeter, surface) = Outline.Measure(mask);

        // The outline's corners are the vertices that the mesh of this one slice has in the slice's own plane; those above and below it lie within.
        var rows = MaskRows.Of(mask.Mask, new(0, 0, 0, mask.Columns, mask.Rows, 1));
        var diameter = MeshDiameters.InPlanes(rows, (mask.ColumnSpacing, mask.RowSpacing, 1)).Z;
        var pixels = mask.Mask.AsSpan().Count((byte)1);
        var (major, minor) = Variances(mask, pixels);
        Class.Add(new(perimeter, surface, pixels * (mask.ColumnSpacing * mask.RowSpacing), diameter, major, minor), features);
    }

    /// <summary>Variances of the pixels' places along the principal axes, mm².</summary>
    private static (double Major, double Minor) Variances(SliceMask mask, int pixels)
    {
        // From the middle of the slice, so that little is lost.
        var (x0, y0) = ((mask.Columns - 1) / 2.0, (mask.Rows - 1) / 2.0);
        double sumX = 0, sumY = 0, xx = 0, yy = 0, xy = 0;
        for (var row = 0; row < mask.Rows; row++)
        {
            for (var column = 0; column < mask.Columns; column++)
            {
                if (mask[row, column])
                {
                    var (x, y) = ((column - x0) * mask.ColumnSpacing, (row - y0) * mask.RowSpacing);
                    (sumX, sumY, xx, yy, xy) = (sumX + x, sumY + y, xx + x * x, yy + y * y, xy + x * y);
                }
            }
        }

        var (meanX, meanY) = (sumX / pixels, sumY / pixels);
        (xx, yy, xy) = (xx / pixels - meanX * meanX, yy / pixels - meanY * meanY, xy / pixels - meanX * meanY);
        var root = Math.Sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
        var mean = (xx + yy) / 2;

        // Of a line the smaller one is 0 but for rounding.
        var minor = mean - root;
        return (mean + root, minor > -1e-10 ? Math.Max(0, minor) : minor);
    }

    /// <summary>What the class' features are made of, mm and mm².</summary>
    internal sealed record Measures(double Perimeter, double Surface, double PixelSurface, double Diameter, double Major, double Minor)
    {
        /// <summary>Circumference of the circle of the same area.</summary>
        public double Circle => 2 * Math.Sqrt(Math.PI * Surface);
    }
}
