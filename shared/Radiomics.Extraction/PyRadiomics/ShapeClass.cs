namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>shape</c>: its own mesh, IBSI's axes with variances over N, diameters in space and within the planes.</summary>
internal static class ShapeClass
{
    public static void Add(RoiGrid roi, ClassSink features)
    {
        var rows = MaskRows.Of(roi.Mask, roi.Box);
        var (sx, sy, sz) = roi.Spacing;
        var (volume, area) = ShapeMesh.Measure(roi);
        var sphere = 36 * Math.PI * volume * volume;
        features.Add("MeshVolume", volume);
        features.Add("VoxelVolume", roi.Mask.AsSpan().Count((byte)1) * (sx * sy * sz));
        features.Add("SurfaceArea", area);
        features.Add("SurfaceVolumeRatio", area / volume);
        features.Add("Sphericity", Math.Cbrt(sphere) / area);
        features.Add("Compactness1", volume / Math.Sqrt(Math.PI * area * area * area));
        features.Add("Compactness2", sphere / (area * area * area));
        features.Add("SphericalDisproportion", area / Math.Cbrt(sphere));

        features.Add("Maximum3DDiameter", MeshDiameters.In3D(new ConvexHull(MeshVertices.Outer(rows)), roi.Spacing));
        var (acrossX, acrossY, acrossZ) = MeshDiameters.InPlanes(rows, roi.Spacing);
        features.Add("Maximum2DDiameterSlice", acrossZ);
        features.Add("Maximum2DDiameterColumn", acrossY);
        features.Add("Maximum2DDiameterRow", acrossX);

        var axes = PrincipalAxes.Of(rows, roi.Spacing, sample: false);
        features.Add("MajorAxisLength", 4 * Math.Sqrt(axes.Major));
        features.Add("MinorAxisLength", 4 * Math.Sqrt(axes.Minor));
        features.Add("LeastAxisLength", 4 * Math.Sqrt(axes.Least));
        features.Add("Elongation", Math.Sqrt(axes.Minor / axes.Major));
        features.Add("Flatness", Math.Sqrt(axes.Least / axes.Major));
    }
}
