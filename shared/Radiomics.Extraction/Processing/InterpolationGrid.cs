namespace Radiomics.Extraction;

/// <summary>The grid that image and ROI are interpolated on, or the image's own (IBSI manual 2.4).</summary>
internal sealed record InterpolationGrid(GridAxis X, GridAxis Y, GridAxis Z)
{
    private const int MaxVoxels = 1 << 29;

    public (int X, int Y, int Z) Size => (X.Size, Y.Size, Z.Size);

    public (double X, double Y, double Z) Spacing => (X.Spacing, Y.Spacing, Z.Spacing);

    public bool IsUnchanged => X.IsUnchanged && Y.IsUnchanged && Z.IsUnchanged;

    /// <summary>The grid that the settings ask for; <paramref name="roi"/> is the ROI's box in the image.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: too many voxels.</exception>
    public static InterpolationGrid Create(VolumeGeometry g, VoxelBox roi, ResamplingSettings settings)
    {
        var spacing = settings.Spacing ?? default;
        return new(
            Axis(g.SizeX, g.SpacingX, spacing.X, roi.SizeX),
            Axis(g.SizeY, g.SpacingY, spacing.Y, roi.SizeY),
            Axis(g.SizeZ, g.SpacingZ, settings.InPlane ? 0 : spacing.Z, roi.SizeZ));

        GridAxis Axis(int size, double oldSpacing, double newSpacing, int roiSize)
        {
            // PyRadiomics, whose alignment this is, leaves an axis alone along which the ROI is one voxel thick.
            var isKept = settings.Method == InterpolationMethod.None || newSpacing == 0 || (settings.Alignment == GridAlignment.Origin && roiSize == 1);
            return isKept ? GridAxis.Unchanged(size, oldSpacing) : GridAxis.Create(size, oldSpacing, newSpacing, settings.Alignment);
        }
    }

    /// <summary>Where a box of the new grid lies.</summary>
    public VolumeGeometry Place(VolumeGeometry image, VoxelBox box) => image with
    {
        SizeX = box.SizeX,
        SizeY = box.SizeY,
        SizeZ = box.SizeZ,
        SpacingX = X.Spacing,
        SpacingY = Y.Spacing,
        SpacingZ = Z.Spacing,
        Origin = image.ToPatient(X.Start + box.X * X.Step, Y.Start + box.Y * Y.Step, Z.Start + box.Z * Z.Step),
    };

    /// <summary>The box of new voxels that an ROI in a box of old ones can reach.</summary>
    public VoxelBox Reach(VoxelBox roi)
    {
        var (x, sizeX) = X.Reach(roi.X, roi.SizeX);
        var (y, sizeY) = Y.Reach(roi.Y, roi.SizeY);
        var (z, sizeZ) = Z.Reach(roi.Z, roi.SizeZ);
        return Checked(new(x, y, z, sizeX, sizeY, sizeZ));
    }

    /// <summary>Refuses a box that is too large to be held.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>.</exception>
    public static VoxelBox Checked(VoxelBox box)
    {
        ExtractionSettings.Require(
            (double)box.SizeX * box.SizeY * box.SizeZ <= MaxVoxels, "'resampling.spacing' makes too many voxels of this ROI or image; choose a larger one.");
        return box;
    }

    /// <summary>Which old voxels make up the new ones of a box.</summary>
    public (AxisTaps X, AxisTaps Y, AxisTaps Z) Taps(VoxelBox box, InterpolationMethod method) => (
        AxisTaps.Create(X, box.X, box.SizeX, method),
        AxisTaps.Create(Y, box.Y, box.SizeY, method),
        AxisTaps.Create(Z, box.Z, box.SizeZ, method));
}
