namespace Radiomics.Extraction;

/// <summary>So many voxels beyond a box, on both sides along each axis.</summary>
internal readonly record struct VoxelMargin(int X, int Y, int Z)
{
    // The sphere of 1 cm³ has a radius of 6.2 mm (IBSI manual 3.2).
    private const double PeakRadius = 6.2035049089940001;

    public bool IsZero => X == 0 && Y == 0 && Z == 0;

    /// <summary>What the settings' filters and families see beyond the ROI's box, on a grid of this <paramref name="spacing"/>.</summary>
    public static VoxelMargin For(ExtractionSettings settings, (double X, double Y, double Z) spacing)
    {
        var peaks = settings.Families.Contains(FeatureFamily.LocalIntensity) ? PeakRadius : 0;
        return new(Along(spacing.X), Along(spacing.Y), Along(spacing.Z));

        int Along(double step)
        {
            var filters = 0;
            foreach (var filter in settings.Filters)
            {
                filters = Math.Max(filters, ImageFilter.Reach(filter, step));
            }

            // A peak of a response map needs the map around the ROI, and that the image around it.
            return filters + (int)Math.Floor(peaks / step);
        }
    }
}
