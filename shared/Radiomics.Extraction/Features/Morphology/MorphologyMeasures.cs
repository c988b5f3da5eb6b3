namespace Radiomics.Extraction;

/// <summary>What shape features are made of, in mm; PyRadiomics' shape has no more of it than its features need.</summary>
internal sealed class MorphologyMeasures
{
    /// <summary>V, the volume of the mesh.</summary>
    public required double Volume { get; init; }

    /// <summary>A, its surface.</summary>
    public required double Area { get; init; }

    /// <summary>Volume of the voxels.</summary>
    public required double VoxelVolume { get; init; }

    /// <summary>λ, the variances of the voxels' centers along their principal axes.</summary>
    public required PrincipalAxes Axes { get; init; }

    /// <summary>Largest distance between two vertices of the mesh.</summary>
    public required double Diameter { get; init; }

    /// <summary>Distance between the centers of mass with and without intensities.</summary>
    public double CenterShift { get; init; }

    /// <summary>Mean intensity of the intensity mask.</summary>
    public double MeanIntensity { get; init; }

    /// <summary>Sides of the box around the voxels along the grid's axes.</summary>
    public Point3 AlignedBox { get; init; }

    /// <summary>Sides of the smallest box around the mesh, in any direction.</summary>
    public Point3 OrientedBox { get; init; }

    /// <summary>The smallest ellipsoid around the mesh.</summary>
    public Ellipsoid MinimumEllipsoid { get; init; }

    /// <summary>Volume of the mesh's convex hull.</summary>
    public double HullVolume { get; init; }

    /// <summary>Surface of the mesh's convex hull.</summary>
    public double HullArea { get; init; }

    /// <summary>36·π·V², the cube of the surface of a sphere of that volume.</summary>
    public double Sphere => 36 * Math.PI * Volume * Volume;

    /// <summary>The ellipsoid with the voxels' variances.</summary>
    public Ellipsoid ApproximateEllipsoid => new(2 * Math.Sqrt(Axes.Major), 2 * Math.Sqrt(Axes.Minor), 2 * Math.Sqrt(Axes.Least));

    /// <summary>Share of a box that the shape fills.</summary>
    public double VolumeIn(Point3 box)
    {
        var (x, y, z) = box;
        return Volume / (x * y * z);
    }

    /// <summary>The shape's surface over a box's.</summary>
    public double AreaOver(Point3 box)
    {
        var (x, y, z) = box;
        return Area / (2 * (x * y + y * z + x * z));
    }
}
