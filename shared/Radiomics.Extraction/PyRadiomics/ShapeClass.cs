namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>shape</c>: its own mesh, IBSI's axes with variances over N, diameters in space and within the planes.</summary>
internal static class ShapeClass
{
    public static readonly PyRadiomicsClass<Measures> Class = new("shape", FeatureFamily.Morphology, All());

    public static void Add(RoiGrid roi, ClassSink features)
    {
        var rows = MaskRows.Of(roi.Mask, roi.Box);
        var (sx, sy, sz) = roi.Spacing;
        var (volume, area) = ShapeMesh.Measure(roi);
        var shape = new MorphologyMeasures
        {
            Volume = volume,
            Area = area,
            VoxelVolume = roi.Mask.AsSpan().Count((byte)1) * (sx * sy * sz),
            Diameter = MeshDiameters.In3D(new ConvexHull(MeshVertices.Outer(rows)), roi.Spacing),
            Axes = PrincipalAxes.Of(rows, roi.Spacing, sample: false),
        };
        var (acrossX, acrossY, acrossZ) = MeshDiameters.InPlanes(rows, roi.Spacing);
        Class.Add(new(shape, acrossX, acrossY, acrossZ), features);
    }

    /// <summary>IBSI's formulas of this class' mesh and axes, and the diameters within planes.</summary>
    private static PyRadiomicsFeature<Measures>[] All()
    {
        var all = new List<PyRadiomicsFeature<Measures>>
        {
            Diameter("Slice", "z", m => m.AcrossZ), Diameter("Column", "y", m => m.AcrossY), Diameter("Row", "x", m => m.AcrossX),
        };
        foreach (var feature in MorphologyFeatures.Table.OfPyRadiomics)
        {
            // Bit for bit as PyRadiomics has it, whose formula of this one multiplies in another order.
            all.Add(feature.Tag == "morph_comp_1"
                ? new(feature, m => m.Shape.Volume / Math.Sqrt(Math.PI * m.Shape.Area * m.Shape.Area * m.Shape.Area))
                : new(feature, m => feature.Of(m.Shape)));
        }

        return [.. all];
    }

    private static PyRadiomicsFeature<Measures> Diameter(string plane, string axis, Func<Measures, double> of) =>
        new($"Maximum2DDiameter{plane}", FeatureUnit.Millimetre, $"largest distance between two vertices of the mesh in a plane across {axis}", of);

    /// <summary>What the class' features are made of; diameters within the planes across each axis.</summary>
    internal sealed record Measures(MorphologyMeasures Shape, double AcrossX, double AcrossY, double AcrossZ);
}
