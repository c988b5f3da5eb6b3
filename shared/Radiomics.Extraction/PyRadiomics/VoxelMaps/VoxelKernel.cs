namespace Radiomics.Extraction;

/// <summary>The cube around a voxel, or the square in its slice, which moves from voxel to voxel of an image; one thread's.</summary>
internal sealed class VoxelKernel
{
    private readonly VoxelImage _image;
    private readonly ExtractionSettings _settings;
    private readonly GreyLevelGrid _grid;
    private readonly ushort[] _levels;
    private readonly ushort[] _ranks;
    private readonly PyRadiomicsMap _textures;

    public VoxelKernel(VoxelImage image)
    {
        _image = image;
        var side = 2 * image.Radius + 1;

        // What lies farther off than the kernel is wide is never met; without, grids need less room.
        int[] distances = [.. image.Special.Distances.Where(distance => distance < side)];
        _settings = distances.Length == 0 ? image.Settings : image.Settings with { PyRadiomics = image.Special with { Distances = distances } };
        var spacing = image.InSlices ? SlicesAlongZ.Turn(image.Roi.Spacing, image.Special.SliceAxis) : image.Roi.Spacing;
        _grid = GreyLevelGrid.ForKernels(
            (side, side, image.InSlices ? 1 : side), spacing, _settings.PyRadiomics!.Distances.Max(), image.LevelCount, image.OccurringLevels);
        _levels = new ushort[image.Offsets.Length];
        _ranks = new ushort[image.LevelCount + 1];
        _textures = new(image.Roi, default, image.Bins, _grid, _settings);
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

        if (family != FeatureFamily.Statistics)
        {
            _grid.Fill(_levels, _ranks);
            _textures.Measure(family, features);
            return;
        }

        var sorted = Collect(voxel, count);
        sorted.Sort();
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
