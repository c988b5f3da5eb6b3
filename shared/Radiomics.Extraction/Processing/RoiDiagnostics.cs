namespace Radiomics.Extraction;

/// <summary>Image and mask checks after each step, by the reference tables' tags (e.g. <c>int_mask_bb_dim_x_interp_roi</c>).</summary>
internal sealed class RoiDiagnostics
{
    private readonly TagTable<double> _values = new();

    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>Dimensions of the whole grid, and mm of its voxels.</summary>
    public void AddImage(string step, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing)
    {
        AddSize("img_dim", step, size);
        _values[$"vox_dim_x_{step}"] = spacing.X;
        _values[$"vox_dim_y_{step}"] = spacing.Y;
        _values[$"vox_dim_z_{step}"] = spacing.Z;
    }

    /// <summary>Intensities of the whole image; those that aren't finite numbers are left out, and if none is, the image is.</summary>
    public void AddImageIntensities(string step, Intensities values, int threads)
    {
        var summary = IntensitySummary.Of(values, threads);
        if (!double.IsFinite(summary.Mean))
        {
            Intensities finite = values.Doubles is { } doubles ? Array.FindAll(doubles, double.IsFinite) : Array.FindAll(values.Floats, float.IsFinite);
            if (finite.Length == 0)
            {
                return;
            }

            summary = IntensitySummary.Of(finite, threads);
        }

        AddIntensities("", step, summary);
    }

    /// <summary>Dimensions, bounding boxes, voxel counts, and intensities of the intensity mask (<paramref name="values"/>, not empty).</summary>
    public void AddRoi(string step, RoiGrid morphological, RoiGrid intensity, Intensities values, IntensitySummary summary)
    {
        var box = (morphological.Box.SizeX, morphological.Box.SizeY, morphological.Box.SizeZ);
        var isSame = ReferenceEquals(morphological.Mask, intensity.Mask);
        AddSize("int_mask_dim", step, intensity.GridSize);
        AddSize("int_mask_bb_dim", step, isSame ? box : BoundingSize(intensity));
        AddSize("morph_mask_bb_dim", step, box);
        _values[$"int_mask_vox_count_{step}"] = values.Length;
        _values[$"morph_mask_vox_count_{step}"] = isSame ? values.Length : morphological.Mask.AsSpan().Count((byte)1);
        AddIntensities("int_mask_", step, summary);
    }

    /// <summary>
    /// The ROI as it came, where settings change it: what <see cref="AddRoi"/> says, without intensities where one isn't a finite number, since the changed ROI may do
    /// without it; and how many components it had, if they were counted.
    /// </summary>
    public void AddGivenRoi(RoiGrid roi, int? components, int threads)
    {
        var values = roi.Collect();
        AddRoi("init_roi", roi, roi, values, IntensitySummary.Of(values, threads));
        if (components is { } count)
        {
            _values["int_mask_component_count_init_roi"] = count;
        }
    }

    private void AddIntensities(string prefix, string step, IntensitySummary summary)
    {
        if (!double.IsFinite(summary.Mean))
        {
            return;
        }

        _values[$"{prefix}mean_int_{step}"] = summary.Mean;
        _values[$"{prefix}min_int_{step}"] = summary.Minimum;
        _values[$"{prefix}max_int_{step}"] = summary.Maximum;
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
