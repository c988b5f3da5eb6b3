using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>Morphology, <c>morph_</c> (IBSI manual 3.1): of the morphological mask; center of mass shift and integrated intensity need both masks.</summary>
internal static class MorphologyFeatures
{
    private const string Flat = "The ROI has no extent along at least one axis.";
    private const string SingleVoxel = "The ROI is a single voxel.";
    private const string OwnMesh = "Of a mesh of its own, with holes where voxels touch across a face's diagonal.";
    private const string OwnAxes = "With variances over N.";

    public static readonly FeatureTable<MorphologyMeasures> Table = new(
        FeatureFamily.Morphology,
        new("morph_volume", "RNU0", "Volume", CubicMillimetre, "3.1.1", "V, of the mesh between voxels inside and outside", m => m.Volume)
        {
            PyRadiomics = "MeshVolume",
            Difference = OwnMesh,
        },
        new("morph_vol_approx", "YEKZ", "Approximate volume", CubicMillimetre, "3.1.2", "number of voxels · volume of a voxel", m => m.VoxelVolume)
        {
            PyRadiomics = "VoxelVolume",
        },
        new("morph_area_mesh", "C0JK", "Surface area", SquareMillimetre, "3.1.3", "A, of the mesh", m => m.Area)
        {
            PyRadiomics = "SurfaceArea",
            Difference = OwnMesh,
        },
        new("morph_av", "2PR5", "Surface to volume ratio", PerMillimetre, "3.1.4", "A / V", m => m.Area / m.Volume)
        {
            PyRadiomics = "SurfaceVolumeRatio",
            Difference = OwnMesh,
        },
        new("morph_comp_1", "SKGS", "Compactness 1", None, "3.1.5", "V / (√π A^(3/2))", m => m.Volume / (Math.Sqrt(Math.PI) * Math.Pow(m.Area, 1.5)))
        {
            PyRadiomics = "Compactness1",
            Difference = OwnMesh,
            PyRadiomicsOnRequest = true,
        },
        new("morph_comp_2", "BQWJ", "Compactness 2", None, "3.1.6", "36 π V² / A³", m => m.Sphere / (m.Area * m.Area * m.Area))
        {
            PyRadiomics = "Compactness2",
            Difference = OwnMesh,
            PyRadiomicsOnRequest = true,
        },
        new("morph_sph_dispr", "KRCK", "Spherical disproportion", None, "3.1.7", "A / (36 π V²)^(1/3)", m => m.Area / Math.Cbrt(m.Sphere))
        {
            PyRadiomics = "SphericalDisproportion",
            Difference = OwnMesh,
            PyRadiomicsOnRequest = true,
        },
        new("morph_sphericity", "QCFX", "Sphericity", None, "3.1.8", "(36 π V²)^(1/3) / A", m => Math.Cbrt(m.Sphere) / m.Area)
        {
            PyRadiomics = "Sphericity",
            Difference = OwnMesh,
        },
        new("morph_asphericity", "25C7", "Asphericity", None, "3.1.9", "(A³ / (36 π V²))^(1/3) − 1", m => Math.Cbrt(m.Area * m.Area * m.Area / m.Sphere) - 1),
        new("morph_com", "KLMA", "Centre of mass shift", Millimetre, "3.1.10", "distance between the centers of mass of the morphological mask and of the intensities", m => m.CenterShift)
        {
            Undefined = "The intensities add up to 0.",
        },
        new("morph_diam", "L0JK", "Maximum 3D diameter", Millimetre, "3.1.11", "largest distance between two vertices of the mesh", m => m.Diameter)
        {
            PyRadiomics = "Maximum3DDiameter",
        },
        new("morph_pca_maj_axis", "TDIC", "Major axis length", Millimetre, "3.1.12", "4 √λ_major, λ the variances of the voxels' centers along their principal axes, over N − 1", m => 4 * Math.Sqrt(m.Axes.Major))
        {
            PyRadiomics = "MajorAxisLength",
            Difference = OwnAxes,
        },
        new("morph_pca_min_axis", "P9VJ", "Minor axis length", Millimetre, "3.1.13", "4 √λ_minor", m => 4 * Math.Sqrt(m.Axes.Minor))
        {
            PyRadiomics = "MinorAxisLength",
            Difference = OwnAxes,
        },
        new("morph_pca_least_axis", "7J51", "Least axis length", Millimetre, "3.1.14", "4 √λ_least", m => 4 * Math.Sqrt(m.Axes.Least))
        {
            PyRadiomics = "LeastAxisLength",
            Difference = OwnAxes,
        },
        new("morph_pca_elongation", "Q3CK", "Elongation", None, "3.1.15", "√(λ_minor / λ_major)", m => Math.Sqrt(m.Axes.Minor / m.Axes.Major))
        {
            PyRadiomics = "Elongation",
            Undefined = SingleVoxel,
        },
        new("morph_pca_flatness", "N17B", "Flatness", None, "3.1.16", "√(λ_least / λ_major)", m => Math.Sqrt(m.Axes.Least / m.Axes.Major))
        {
            PyRadiomics = "Flatness",
            Undefined = SingleVoxel,
        },
        new("morph_vol_dens_aabb", "PBX1", "Volume density - axis-aligned bounding box", None, "3.1.17", "V / volume of the box along the grid's axes", m => m.VolumeIn(m.AlignedBox)),
        new("morph_area_dens_aabb", "R59B", "Area density - axis-aligned bounding box", None, "3.1.18", "A / surface of the box along the grid's axes", m => m.AreaOver(m.AlignedBox)),
        new("morph_vol_dens_ombb", "ZH1A", "Volume density - oriented minimum bounding box", None, "3.1.19", "V / volume of the smallest box around the mesh", m => m.VolumeIn(m.OrientedBox)),
        new("morph_area_dens_ombb", "IQYR", "Area density - oriented minimum bounding box", None, "3.1.20", "A / surface of the smallest box around the mesh", m => m.AreaOver(m.OrientedBox)),
        new("morph_vol_dens_aee", "6BDE", "Volume density - approximate enclosing ellipsoid", None, "3.1.21", "V / volume of the ellipsoid with half axes 2 √λ", m => m.Volume / m.ApproximateEllipsoid.Volume)
        {
            Undefined = Flat,
        },
        new("morph_area_dens_aee", "RDD2", "Area density - approximate enclosing ellipsoid", None, "3.1.22", "A / surface of the ellipsoid with half axes 2 √λ", m => m.Area / m.ApproximateEllipsoid.Area)
        {
            Undefined = Flat,
        },
        new("morph_vol_dens_mvee", "SWZ1", "Volume density - minimum volume enclosing ellipsoid", None, "3.1.23", "V / volume of the smallest ellipsoid around the mesh", m => m.Volume / m.MinimumEllipsoid.Volume)
        {
            Undefined = Flat,
        },
        new("morph_area_dens_mvee", "BRI8", "Area density - minimum volume enclosing ellipsoid", None, "3.1.24", "A / surface of the smallest ellipsoid around the mesh", m => m.Area / m.MinimumEllipsoid.Area)
        {
            Undefined = Flat,
        },
        new("morph_vol_dens_conv_hull", "R3ER", "Volume density - convex hull", None, "3.1.25", "V / volume of the convex hull of the mesh", m => m.Volume / m.HullVolume),
        new("morph_area_dens_conv_hull", "7T7F", "Area density - convex hull", None, "3.1.26", "A / surface of the convex hull of the mesh", m => m.Area / m.HullArea),
        new("morph_integ_int", "99N0", "Integrated intensity", IntegratedIntensity, "3.1.27", "V μ, μ the mean intensity of the intensity mask", m => m.Volume * m.MeanIntensity));

    public static void Add(ProcessedRoi roi, FeatureSink features)
    {
        var grid = roi.Morphological;
        var (sx, sy, sz) = grid.Spacing;
        var rows = MaskRows.Of(grid.Mask, grid.Box);
        var (volume, area) = MarchingCubes.Measure(rows, grid.Spacing, MarchingCubesTriangles.Table);
        var intensityRows = ReferenceEquals(roi.Intensity.Mask, grid.Mask) ? rows : MaskRows.Of(roi.Intensity.Mask, roi.Intensity.Box);
        var axes = PrincipalAxes.Of(rows, grid.Spacing);
        var box = VoxelBox.Around(grid.Mask, grid.Box.SizeX, grid.Box.SizeY, grid.Box.SizeZ)!.Value;
        var hull = new ConvexHull(MeshVertices.Outer(rows));
        var (hullVolume, hullArea) = hull.Measure(grid.Spacing);
        Table.Add(
            new()
            {
                Volume = volume,
                Area = area,
                VoxelVolume = (double)grid.Mask.AsSpan().Count((byte)1) * sx * sy * sz,
                Axes = axes,
                Diameter = MeshDiameters.In3D(hull, grid.Spacing),
                CenterShift = CenterOfMass.Shift(rows, intensityRows, roi.Intensity.Intensities, grid.Spacing),
                MeanIntensity = Mean(roi.SortedIntensities),
                AlignedBox = new(box.SizeX * sx, box.SizeY * sy, box.SizeZ * sz),
                OrientedBox = OrientedBox.Size(hull, grid.Spacing, axes),
                MinimumEllipsoid = EnclosingEllipsoid.Around(hull.ToMillimetres(grid.Spacing)),
                HullVolume = hullVolume,
                HullArea = hullArea,
            },
            features);
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
