namespace Radiomics.Extraction;

/// <summary>Morphology, <c>morph_</c> (IBSI manual 3.1): of the morphological mask; center of mass shift and integrated intensity need both masks.</summary>
internal static class MorphologyFeatures
{
    private const string Flat = "The ROI has no extent along at least one axis.";

    public static void Add(ProcessedRoi roi, FeatureSink features)
    {
        var grid = roi.Morphological;
        var (sx, sy, sz) = grid.Spacing;
        var (volume, area) = MarchingCubes.Measure(grid);
        features.Add("morph_volume", volume);
        features.Add("morph_vol_approx", (double)grid.Mask.AsSpan().Count((byte)1) * sx * sy * sz);
        features.Add("morph_area_mesh", area);
        AddCompactness(volume, area, features);
        AddCenterOfMassShift(roi, features);
        AddAxes(PrincipalAxes.Of(grid), volume, area, features);
        var box = VoxelBox.Around(grid.Mask, grid.Box.SizeX, grid.Box.SizeY, grid.Box.SizeZ)!.Value;
        var (x, y, z) = (box.SizeX * sx, box.SizeY * sy, box.SizeZ * sz);
        features.Add("morph_vol_dens_aabb", volume / (x * y * z));
        features.Add("morph_area_dens_aabb", area / (2 * (x * y + y * z + x * z)));
        features.Add("morph_integ_int", volume * Mean(roi.SortedIntensities));
    }

    /// <summary>Six measures of how far from a sphere a shape is; all functions of area and volume.</summary>
    private static void AddCompactness(double volume, double area, FeatureSink features)
    {
        var sphere = 36 * Math.PI * volume * volume;
        features.Add("morph_av", area / volume);
        features.Add("morph_comp_1", volume / (Math.Sqrt(Math.PI) * Math.Pow(area, 1.5)));
        features.Add("morph_comp_2", sphere / (area * area * area));
        features.Add("morph_sph_dispr", area / Math.Cbrt(sphere));
        features.Add("morph_sphericity", Math.Cbrt(sphere) / area);
        features.Add("morph_asphericity", Math.Cbrt(area * area * area / sphere) - 1);
    }

    /// <summary>Distance between the center of the shape and the center of the intensities, mm.</summary>
    private static void AddCenterOfMassShift(ProcessedRoi roi, FeatureSink features)
    {
        var grid = roi.Morphological;
        var (shape, weighted) = (Point3.Zero, Point3.Zero);
        double count = 0, weight = 0;
        var i = 0;
        for (var z = 0; z < grid.Box.SizeZ; z++)
        {
            for (var y = 0; y < grid.Box.SizeY; y++)
            {
                for (var x = 0; x < grid.Box.SizeX; x++, i++)
                {
                    if (grid.Mask[i] == 0)
                    {
                        continue;
                    }

                    var position = new Point3(x * grid.Spacing.X, y * grid.Spacing.Y, z * grid.Spacing.Z);
                    shape += position;
                    count++;
                    if (roi.Intensity.Mask[i] != 0)
                    {
                        weighted += position * roi.Intensity.Intensities[i];
                        weight += roi.Intensity.Intensities[i];
                    }
                }
            }
        }

        var shift = weight == 0 ? double.NaN : (shape * (1 / count) - weighted * (1 / weight)).Length;
        features.Add("morph_com", shift, "The intensities add up to 0.");
    }

    /// <summary>Axes of the ellipsoid with the shape's variances, and how the shape fills it.</summary>
    private static void AddAxes(PrincipalAxes variance, double volume, double area, FeatureSink features)
    {
        features.Add("morph_pca_maj_axis", 4 * Math.Sqrt(variance.Major));
        features.Add("morph_pca_min_axis", 4 * Math.Sqrt(variance.Minor));
        features.Add("morph_pca_least_axis", 4 * Math.Sqrt(variance.Least));
        features.Add("morph_pca_elongation", Math.Sqrt(variance.Minor / variance.Major), "The ROI is a single voxel.");
        features.Add("morph_pca_flatness", Math.Sqrt(variance.Least / variance.Major), "The ROI is a single voxel.");
        var (a, b, c) = (2 * Math.Sqrt(variance.Major), 2 * Math.Sqrt(variance.Minor), 2 * Math.Sqrt(variance.Least));
        features.Add("morph_vol_dens_aee", volume / (4 * Math.PI / 3 * a * b * c), Flat);
        features.Add("morph_area_dens_aee", c > 0 ? area / EllipsoidArea(a, b, c) : double.NaN, Flat);
    }

    /// <summary>
    /// Area of an ellipsoid with semi-axes a ≥ b ≥ c &gt; 0 by IBSI's series in Legendre polynomials P_ν, to ν = 20. The recurrence runs on
    /// (αβ)^ν·P_ν, which stays finite for a sphere, where P_ν's argument doesn't.
    /// </summary>
    private static double EllipsoidArea(double a, double b, double c)
    {
        var (alpha2, beta2) = (1 - b * b / (a * a), 1 - c * c / (a * a));
        var half = (alpha2 + beta2) / 2;
        var product = alpha2 * beta2;
        double previous = 1, current = half;
        var sum = 1 + current / (1 - 4);
        for (var n = 1; n < 20; n++)
        {
            (previous, current) = (current, ((2 * n + 1) * half * current - n * product * previous) / (n + 1));
            sum += current / (1 - 4.0 * (n + 1) * (n + 1));
        }

        return 4 * Math.PI * a * b * sum;
    }

    private static double Mean(float[] values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
