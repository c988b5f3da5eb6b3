namespace Radiomics.Extraction;

/// <summary>So many voxels beyond a box, on both sides along each axis.</summary>
internal readonly record struct VoxelMargin(int X, int Y, int Z)
{
    // The sphere of 1 cm³ has a radius of 6.2 mm (IBSI manual 3.2).
    private const double PeakRadius = 6.2035049089940001;

    public bool IsZero => X == 0 && Y == 0 && Z == 0;

    /// <summary>How far the spheres of intensity peaks reach on a grid of this <paramref name="spacing"/>.</summary>
    public static VoxelMargin Peaks((double X, double Y, double Z) spacing) =>
        new((int)(PeakRadius / spacing.X), (int)(PeakRadius / spacing.Y), (int)(PeakRadius / spacing.Z));

    /// <summary>What the settings' filters and families see beyond the ROI's box.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="spacing">Of the grid.</param>
    /// <param name="roi">The ROI's box.</param>
    /// <param name="gridSize">The whole grid.</param>
    public static VoxelMargin For(ExtractionSettings settings, (double X, double Y, double Z) spacing, VoxelBox roi, (int X, int Y, int Z) gridSize)
    {
        // A peak of a response map needs the map around the ROI, and that the image around it.
        var peaks = settings.MeasuredFamilies.Contains(FeatureFamily.LocalIntensity) ? Peaks(spacing) : default;
        var margin = peaks;
        foreach (var filter in settings.Filters)
        {
            var reach = ImageFilter.Reach(filter, spacing);
            var one = new VoxelMargin(peaks.X + reach.X, peaks.Y + reach.Y, peaks.Z + reach.Z);
            var seen = ImageFilter.SeesWholeImage(filter) ? new(gridSize.X, gridSize.Y, gridSize.Z) : one.OrWhole(roi, gridSize, filter.Border);
            margin = new(Math.Max(margin.X, seen.X), Math.Max(margin.Y, seen.Y), Math.Max(margin.Z, seen.Z));
        }

        return margin;
    }

    /// <summary>The whole axis where an image that goes on from its other side is seen beyond its border; else what it is.</summary>
    public VoxelMargin OrWhole(VoxelBox box, (int X, int Y, int Z) gridSize, BorderRule border)
    {
        return border == BorderRule.Periodic
            ? new(Along(X, box.X, box.SizeX, gridSize.X), Along(Y, box.Y, box.SizeY, gridSize.Y), Along(Z, box.Z, box.SizeZ, gridSize.Z))
            : this;

        static int Along(int margin, int first, int count, int size) => first < margin || first + count + margin > size ? size : margin;
    }
}
