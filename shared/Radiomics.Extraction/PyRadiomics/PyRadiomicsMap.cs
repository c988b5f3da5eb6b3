namespace Radiomics.Extraction;

/// <summary>One image that PyRadiomics' feature classes measure: the image itself or a filter's response.</summary>
internal sealed class PyRadiomicsMap : IMeasuredImage
{
    private readonly Lazy<GreyLevelGrid> _grid;

    /// <param name="roi">The ROI, with this image's intensities in its box.</param>
    /// <param name="bins">How to discretise.</param>
    /// <param name="settings">All settings.</param>
    public PyRadiomicsMap(RoiGrid roi, DiscretisationSettings bins, ExtractionSettings settings)
    {
        (Roi, Settings) = (roi, settings);
        Special = settings.PyRadiomics ?? new();
        Sorted = roi.Inside();
        Sorted.Sort();
        Bins = new(Sorted[0], Sorted[^1], bins, Sorted.Doubles is not null);
        _grid = new(Discretise);
    }

    /// <summary>A kernel of such an image, whose grey levels are the whole image's.</summary>
    /// <param name="roi">The ROI.</param>
    /// <param name="sorted">Intensities of the kernel, ascending; for first order features.</param>
    /// <param name="bins">The image's.</param>
    /// <param name="grid">The kernel's grey levels; for textures.</param>
    /// <param name="settings">All settings.</param>
    public PyRadiomicsMap(RoiGrid roi, Intensities sorted, PyRadiomicsBins bins, GreyLevelGrid grid, ExtractionSettings settings)
    {
        (Roi, Settings, Sorted, Bins, _grid) = (roi, settings, sorted, bins, new(grid));
        Special = settings.PyRadiomics ?? new();
    }

    public RoiGrid Roi { get; }

    public ExtractionSettings Settings { get; }

    public PyRadiomicsSettings Special { get; }

    /// <summary>Intensities inside, ascending.</summary>
    public Intensities Sorted { get; }

    public PyRadiomicsBins Bins { get; }

    /// <summary>Whether textures are those within slices, which the grid then has along z, whichever axis the settings say.</summary>
    public bool InSlices => SlicesAlongZ.AreWanted(Settings);

    /// <summary>Whether directions are merged before features are measured.</summary>
    public bool Merges => Settings.Texture.Aggregations[0] is Aggregation.Merged2Point5D or Aggregation.Merged3D;

    /// <summary>The grey levels.</summary>
    public GreyLevelGrid Grid => _grid.Value;

    /// <inheritdoc/>
    public FeatureSink Measure(FeatureFamily family, int threads)
    {
        var features = new ClassSink(PyRadiomicsFeatures.Of(family), Special);
        Measure(family, features);
        return features.Features;
    }

    /// <summary>Adds the features of one family.</summary>
    public void Measure(FeatureFamily family, ClassSink features)
    {
        switch (family)
        {
            case FeatureFamily.Statistics:
                FirstOrderClass.Add(this, features);
                break;
            case FeatureFamily.Glcm:
                DirectionClasses.AddCooccurrence(this, features);
                break;
            case FeatureFamily.Glrlm:
                DirectionClasses.AddRuns(this, features);
                break;
            case FeatureFamily.Glszm:
                CountClasses.AddZones(this, features);
                break;
            case FeatureFamily.Ngtdm:
                ToneDifferenceClass.Add(this, features);
                break;
            case FeatureFamily.Ngldm:
                CountClasses.AddDependences(this, features);
                break;
        }
    }

    private GreyLevelGrid Discretise()
    {
        var levels = new float[Roi.Intensities.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            if (Roi.Mask[i] != 0)
            {
                levels[i] = Bins.LevelOf(Roi.Intensities[i]);
            }
        }

        var (roi, values) = InSlices ? SlicesAlongZ.Of(Roi, levels, Special.SliceAxis) : (Roi, levels);
        float[] range = [Bins.LevelOf(Sorted[0]), Bins.LevelOf(Sorted[^1])];
        return GreyLevelGrid.Create(roi, values, new(range, new() { Method = DiscretisationMethod.None }, null), Special.Distances.Max());
    }
}
