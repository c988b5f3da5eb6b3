namespace Radiomics.Extraction;

/// <summary>The cube around a voxel, or the square in its slice, which moves from voxel to voxel of an image; one thread's.</summary>
internal sealed class VoxelKernel
{
    private readonly VoxelImage _image;
    private readonly ExtractionSettings _settings;
    private readonly GreyLevelGrid _grid;
    private readonly ushort[] _levels;
    private readonly ushort[] _ranks;

    public VoxelKernel(VoxelImage image)
    {
        _image = image;
        var side = 2 * image.Radius + 1;

        // What lies farther off than the kernel is wide is never met; without, grids need less room.
        int[] distances = [.. image.Special.Distances.Where(distance => distance < side)];
        _settings = distances.Length == 0 ? image.Settings : image.Settings with { PyRadiomics = image.Special with { Distances = distances } };
        var (sx, sy, sz) = image.Roi.Spacing;
        var spacing = !image.InSlices || image.Special.SliceAxis == SliceAxis.Z ? (sx, sy, sz) : image.Special.SliceAxis == SliceAxis.Y ? (sx, sz, sy) : (sz, sy, sx);
        _grid = GreyLevelGrid.ForKernels(
            (side, side, image.InSlices ? 1 : side), spacing, _settings.PyRadiomics!.Distances.Max(), image.LevelCount, image.OccurringLevels);
        _levels = new ushort[image.Offsets.Length];
        _ranks = new ushort[image.LevelCount + 1];
    }

    /// <summary>The features of one class around a voxel of the image.</summary>
    public void Measure(int voxel, FeatureFamily family, KernelSink features)
    {
        Array.Fill(features.Values, double.NaN);
        var count = 0;
        for (var i = 0; i < _levels.Length; i++)
        {
            _levels[i] = _image.Levels[voxel + _image.Offsets[i]];
            count += _levels[i] != 0 ? 1 : 0;
        }

        Intensities sorted = default;
        if (family == FeatureFamily.Statistics)
        {
            sorted = Collect(voxel, count);
            sorted.Sort();
        }
        else
        {
            _grid.Fill(_levels, _ranks);
        }

        new PyRadiomicsMap(_image.Roi, sorted, _image.Bins, _grid, _settings).Measure(family, features);
    }

    private Intensities Collect(int voxel, int count)
    {
        var (floats, doubles) = _image.AreDoubles ? (Array.Empty<float>(), new double[count]) : (new float[count], Array.Empty<double>());
        var found = 0;
        for (var i = 0; i < _levels.Length; i++)
        {
            if (_levels[i] == 0)
            {
                continue;
            }

            var value = _image.Intensities[voxel + _image.Offsets[i]];
            if (_image.AreDoubles)
            {
                doubles[found++] = value;
            }
            else
            {
                floats[found++] = (float)value;
            }
        }

        return _image.AreDoubles ? doubles : floats;
    }
}
