namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>shape2D</c>: the outline of an ROI of one slice, and the axes of its pixels' centers with variances over N.</summary>
internal static class Shape2DClass
{
    public static void Add(SliceMask mask, ClassSink features)
    {
        var (perimeter, surface, diameter) = Outline.Measure(mask);
        var pixels = mask.Mask.AsSpan().Count((byte)1);
        var circle = 2 * Math.Sqrt(Math.PI * surface);
        features.Add("MeshSurface", surface);
        features.Add("PixelSurface", pixels * (mask.ColumnSpacing * mask.RowSpacing));
        features.Add("Perimeter", perimeter);
        features.Add("PerimeterSurfaceRatio", perimeter / surface);
        features.Add("Sphericity", circle / perimeter);
        features.Add("SphericalDisproportion", perimeter / circle);
        features.Add("MaximumDiameter", diameter);
        var (major, minor) = Variances(mask, pixels);
        features.Add("MajorAxisLength", 4 * Math.Sqrt(major));
        features.Add("MinorAxisLength", 4 * Math.Sqrt(minor));
        features.Add("Elongation", Math.Sqrt(minor / major));
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
}
