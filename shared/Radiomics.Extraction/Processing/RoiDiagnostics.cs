namespace Radiomics.Extraction;

/// <summary>Image and mask checks after each step, by the reference tables' tags (e.g. <c>int_mask_bb_dim_x_interp_roi</c>).</summary>
internal sealed class RoiDiagnostics
{
    private readonly SortedDictionary<string, double> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>Dimensions of the whole grid.</summary>
    public void AddImage(string step, RoiGrid grid) => AddSize("img_dim", step, grid.GridSize);

    /// <summary>Dimensions, bounding boxes, voxel counts, and intensities of the intensity mask (<paramref name="values"/>, not empty).</summary>
    public void AddRoi(string step, RoiGrid morphological, RoiGrid intensity, float[] values)
    {
        AddSize("int_mask_dim", step, intensity.GridSize);
        AddSize("int_mask_bb_dim", step, BoundingSize(intensity));
        AddSize("morph_mask_bb_dim", step, BoundingSize(morphological));
        _values[$"int_mask_vox_count_{step}"] = values.Length;
        _values[$"morph_mask_vox_count_{step}"] = morphological.Mask.AsSpan().Count((byte)1);
        double sum = 0;
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        foreach (var value in values)
        {
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        _values[$"int_mask_mean_int_{step}"] = sum / values.Length;
        _values[$"int_mask_min_int_{step}"] = min;
        _values[$"int_mask_max_int_{step}"] = max;
    }

    private static (int X, int Y, int Z) BoundingSize(RoiGrid grid)
    {
        var box = VoxelBox.Around(grid.Mask, grid.Box.SizeX, grid.Box.SizeY, grid.Box.SizeZ) ?? default;
        return (box.SizeX, box.SizeY, box.SizeZ);
    }

    private void AddSize(string check, string step, (int X, int Y, int Z) size)
    {
        _values[$"{check}_x_{step}"] = size.X;
        _values[$"{check}_y_{step}"] = size.Y;
        _values[$"{check}_z_{step}"] = size.Z;
    }
}
