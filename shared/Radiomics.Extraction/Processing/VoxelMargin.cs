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

    /// <summary>What the settings' filters and families see beyond the ROI's box, on a grid of this <paramref name="spacing"/>.</summary>
    public static VoxelMargin For(ExtractionSettings settings, (double X, double Y, double Z) spacing)
    {
        // A peak of a response map needs the map around the ROI, and that the image around it.
        var peaks = settings.MeasuredFamilies.Contains(FeatureFamily.LocalIntensity) ? Peaks(spacing) : default;
        return new(peaks.X + Filters(spacing.X), peaks.Y + Filters(spacing.Y), peaks.Z + Filters(spacing.Z));

        int Filters(double step)
        {
            var reach = 0;
            foreach (var filter in settings.Filters)
            {
                reach = Math.Max(reach, ImageFilter.Reach(filter, step));
            }

            return reach;
        }
    }
}
