namespace Radiomics.Extraction;

/// <summary>Morphology, <c>morph_</c> (IBSI manual 3.1): of the morphological mask; center of mass shift and integrated intensity need both masks.</summary>
internal static class MorphologyFeatures
{
    private const string Flat = "The ROI has no extent along at least one axis.";
    private const string SingleVoxel = "The ROI is a single voxel.";

    public static void Add(ProcessedRoi roi, FeatureSink features)
    {
        var grid = roi.Morphological;
        var (sx, sy, sz) = grid.Spacing;
        var rows = MaskRows.Of(grid.Mask, grid.Box);
        var (volume, area) = MarchingCubes.Measure(rows, grid.Spacing, MarchingCubesTriangles.Table);
        features.Add("morph_volume", volume);
        features.Add("morph_vol_approx", (double)grid.Mask.AsSpan().Count((byte)1) * sx * sy * sz);
        features.Add("morph_area_mesh", area);
        AddCompactness(volume, area, features);
        var intensityRows = ReferenceEquals(roi.Intensity.Mask, grid.Mask) ? rows : MaskRows.Of(roi.Intensity.Mask, roi.Intensity.Box);
        features.Add("morph_com", CenterOfMass.Shift(rows, intensityRows, roi.Intensity.Intensities, grid.Spacing), "The intensities add up to 0.");
        var axes = PrincipalAxes.Of(rows, grid.Spacing);
        AddAxes(axes, volume, area, features);
        var box = VoxelBox.Around(grid.Mask, grid.Box.SizeX, grid.Box.SizeY, grid.Box.SizeZ)!.Value;
        AddBox("aabb", new(box.SizeX * sx, box.SizeY * sy, box.SizeZ * sz), volume, area, features);
        AddHull(new(MeshVertices.Outer(rows)), axes, grid.Spacing, volume, area, features);
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

    /// <summary>Axes of the ellipsoid with the shape's variances, and how the shape fills it.</summary>
    private static void AddAxes(PrincipalAxes variance, double volume, double area, FeatureSink features)
    {
        features.Add("morph_pca_maj_axis", 4 * Math.Sqrt(variance.Major));
        features.Add("morph_pca_min_axis", 4 * Math.Sqrt(variance.Minor));
        features.Add("morph_pca_least_axis", 4 * Math.Sqrt(variance.Least));
        features.Add("morph_pca_elongation", Math.Sqrt(variance.Minor / variance.Major), SingleVoxel);
        features.Add("morph_pca_flatness", Math.Sqrt(variance.Least / variance.Major), SingleVoxel);
        AddEllipsoid("aee", new(2 * Math.Sqrt(variance.Major), 2 * Math.Sqrt(variance.Minor), 2 * Math.Sqrt(variance.Least)), volume, area, features);
    }

    /// <summary>What the convex hull of the mesh's vertices tells: diameter, and how the shape fills the hull and its smallest box and ellipsoid.</summary>
    private static void AddHull(ConvexHull hull, PrincipalAxes axes, (double X, double Y, double Z) spacing, double volume, double area, FeatureSink features)
    {
        var (hullVolume, hullArea) = hull.Measure(spacing);
        features.Add("morph_diam", MeshDiameters.In3D(hull, spacing));
        features.Add("morph_vol_dens_conv_hull", volume / hullVolume);
        features.Add("morph_area_dens_conv_hull", area / hullArea);
        AddBox("ombb", OrientedBox.Size(hull, spacing, axes), volume, area, features);
        AddEllipsoid("mvee", EnclosingEllipsoid.Around(hull.ToMillimetres(spacing)), volume, area, features);
    }

    private static void AddBox(string name, Point3 size, double volume, double area, FeatureSink features)
    {
        var (x, y, z) = size;
        features.Add($"morph_vol_dens_{name}", volume / (x * y * z));
        features.Add($"morph_area_dens_{name}", area / (2 * (x * y + y * z + x * z)));
    }

    private static void AddEllipsoid(string name, Ellipsoid ellipsoid, double volume, double area, FeatureSink features)
    {
        features.Add($"morph_vol_dens_{name}", volume / ellipsoid.Volume, Flat);
        features.Add($"morph_area_dens_{name}", area / ellipsoid.Area, Flat);
    }

    private static double Mean(Intensities values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
