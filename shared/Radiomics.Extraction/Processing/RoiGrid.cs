namespace Radiomics.Extraction;

/// <summary>
/// The part of a grid that an ROI needs: intensities and mask of a box, x fastest, cut out of a grid of <see cref="GridSize"/>.
/// Positions are in mm along the grid's own axes, from the box's first voxel; features don't depend on where the patient lies.
/// </summary>
internal sealed record RoiGrid
{
    public required (int X, int Y, int Z) GridSize { get; init; }

    public required (double X, double Y, double Z) Spacing { get; init; }

    public required VoxelBox Box { get; init; }

    /// <summary>Intensities; only those inside <see cref="Mask"/> have a meaning.</summary>
    public required float[] Intensities { get; init; }

    /// <summary>1 inside, 0 outside.</summary>
    public required byte[] Mask { get; init; }

    /// <summary>The intensities inside, in voxel order.</summary>
    /// <exception cref="RadiomicsException"><c>NonFiniteVoxels</c>.</exception>
    public float[] Inside()
    {
        var count = 0;
        foreach (var inside in Mask)
        {
            count += inside;
        }

        var values = new float[count];
        count = 0;
        for (var i = 0; i < Mask.Length; i++)
        {
            if (Mask[i] != 0)
            {
                var value = Intensities[i];
                if (!float.IsFinite(value))
                {
                    throw new RadiomicsException("NonFiniteVoxels", "The image has voxels in the ROI that are not a finite number.");
                }

                values[count++] = value;
            }
        }

        return values;
    }

    /// <summary>Cuts the ROI's bounding box out of an image.</summary>
    public static RoiGrid Cut(Volume image, Mask roi, VoxelBox box)
    {
        var geometry = image.Geometry;
        var intensities = new float[box.Count];
        var mask = new byte[box.Count];
        for (var z = 0; z < box.SizeZ; z++)
        {
            for (var y = 0; y < box.SizeY; y++)
            {
                var from = ((box.Z + z) * geometry.SizeY + box.Y + y) * geometry.SizeX + box.X;
                var to = (z * box.SizeY + y) * box.SizeX;
                image.Voxels.AsSpan(from, box.SizeX).CopyTo(intensities.AsSpan(to));
                for (var x = 0; x < box.SizeX; x++)
                {
                    mask[to + x] = roi.Voxels[from + x] != 0 ? (byte)1 : (byte)0;
                }
            }
        }

        return new()
        {
            GridSize = (geometry.SizeX, geometry.SizeY, geometry.SizeZ),
            Spacing = (geometry.SpacingX, geometry.SpacingY, geometry.SpacingZ),
            Box = box,
            Intensities = intensities,
            Mask = mask,
        };
    }
}
