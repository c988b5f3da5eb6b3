namespace Radiomics.Extraction;

/// <summary>One image as the feature families see it: the image itself, or a filter's response map, within the ROI.</summary>
internal sealed class MeasuredImage : IMeasuredImage
{
    private readonly Lazy<GreyLevels> _levels;
    private readonly Lazy<GreyLevelGrid> _grid;
    private readonly Lazy<ZoneList> _zones;
    private readonly Lazy<ZoneList> _sliceZones;

    /// <param name="roi">The processed ROI.</param>
    /// <param name="intensities">Intensities in the layout of the ROI's box; only those in the intensity mask matter.</param>
    /// <param name="sorted">The same inside the intensity mask, ascending.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="discretisation">Grey levels of a response map; null for the image itself.</param>
    /// <param name="support">A response map around the ROI; null for the image itself, whose surroundings <paramref name="roi"/> has.</param>
    public MeasuredImage(
        ProcessedRoi roi,
        Intensities intensities,
        Intensities sorted,
        ExtractionSettings settings,
        DiscretisationSettings? discretisation = null,
        SupportGrid? support = null)
    {
        (Roi, Intensities, Sorted, Settings) = (roi, intensities, sorted, settings);
        Choice = FeatureChoice.Of(settings);
        (IsOriginal, Support) = (discretisation is null, support ?? roi.Support);
        // A re-segmentation limit is one of the image's own intensities, not of a response map's.
        _levels = new(() => discretisation is null
            ? new(sorted, settings.Discretisation, settings.ReSegmentation.Lower)
            : new(sorted, discretisation, lowerLimit: null));
        var texture = settings.Texture;
        var padding = Math.Max(texture.CooccurrenceDistance, Math.Max(texture.NeighbourhoodDistance, texture.DependenceDistance));
        _grid = new(() => GreyLevelGrid.Create(roi.Intensity, intensities, Levels, padding));
        var distances = settings.MeasuredFamilies.Contains(FeatureFamily.Gldzm) ? roi.BorderDistances : null;
        _zones = new(() => ZoneLabelling.Find(Grid, distances?.InVolume, bySlice: false));
        _sliceZones = new(() => ZoneLabelling.Find(Grid, distances?.InSlices, bySlice: true));
    }

    /// <summary>Whether this is the image itself.</summary>
    public bool IsOriginal { get; }

    /// <summary>The masks and grids.</summary>
    public ProcessedRoi Roi { get; }

    /// <summary>Intensities in the layout of the ROI's box.</summary>
    public Intensities Intensities { get; }

    /// <summary>Intensities around the ROI, as far as the families look; null if none does.</summary>
    public SupportGrid? Support { get; }

    /// <summary>Intensities of the intensity mask, ascending.</summary>
    public Intensities Sorted { get; }

    /// <summary>How they are discretised.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the settings don't fit these intensities.</exception>
    public GreyLevels Levels => _levels.Value;

    /// <summary>All settings.</summary>
    public ExtractionSettings Settings { get; }

    /// <summary>Which features are wanted; null: all of the families but those on request.</summary>
    public FeatureChoice? Choice { get; }

    /// <summary>The discretised image, made on first use and shared by the texture families.</summary>
    public GreyLevelGrid Grid => _grid.Value;

    /// <summary>Zones of one grey level, linked in three dimensions; found on first use. With distances if the GLDZM is among the families.</summary>
    public ZoneList Zones => _zones.Value;

    /// <summary>The same linked within slices.</summary>
    public ZoneList SliceZones => _sliceZones.Value;

    /// <inheritdoc/>
    public FeatureSink Measure(FeatureFamily family, int threads) => FeatureFamilies.Measure(family, this, threads);
}
