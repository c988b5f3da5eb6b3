namespace Radiomics.Extraction;

/// <summary>One image as the feature families see it: the image itself, or a filter's response map, within the ROI.</summary>
internal sealed class MeasuredImage
{
    private readonly Lazy<GreyLevels> _levels;
    private readonly Lazy<GreyLevelGrid> _grid;
    private readonly Lazy<ZoneList> _zones;
    private readonly Lazy<ZoneList> _sliceZones;

    /// <param name="prefix">What the features' names begin with: nothing for the image itself, e.g. <c>log_s3.0mm__</c> for a response map.</param>
    /// <param name="roi">The processed ROI.</param>
    /// <param name="intensities">Intensities in the layout of the ROI's box; only those in the intensity mask matter.</param>
    /// <param name="sorted">The same inside the intensity mask, ascending.</param>
    /// <param name="settings">All settings.</param>
    public MeasuredImage(string prefix, ProcessedRoi roi, float[] intensities, float[] sorted, ExtractionSettings settings)
    {
        (Prefix, Roi, Intensities, Sorted, Settings) = (prefix, roi, intensities, sorted, settings);
        Support = IsOriginal ? roi.Support : null;
        // A re-segmentation limit is one of the image's own intensities, not of a response map's.
        _levels = new(() => IsOriginal
            ? new(sorted, settings.Discretisation, settings.ReSegmentation.Lower)
            : new(sorted, settings.FilterDiscretisation, lowerLimit: null));
        var texture = settings.Texture;
        var padding = Math.Max(texture.CooccurrenceDistance, Math.Max(texture.NeighbourhoodDistance, texture.DependenceDistance));
        _grid = new(() => GreyLevelGrid.Create(roi.Intensity, intensities, Levels, padding));
        var distances = settings.Families.Contains(FeatureFamily.Gldzm) ? roi.BorderDistances : null;
        _zones = new(() => ZoneLabelling.Find(Grid, distances?.InVolume, bySlice: false));
        _sliceZones = new(() => ZoneLabelling.Find(Grid, distances?.InSlices, bySlice: true));
    }

    /// <summary>What the features' names begin with.</summary>
    public string Prefix { get; }

    /// <summary>Whether this is the image itself.</summary>
    public bool IsOriginal => Prefix.Length == 0;

    /// <summary>The masks and grids.</summary>
    public ProcessedRoi Roi { get; }

    /// <summary>Intensities in the layout of the ROI's box.</summary>
    public float[] Intensities { get; }

    /// <summary>The image or response map around the ROI as well, if anything looks there.</summary>
    public SupportGrid? Support { get; init; }

    /// <summary>Intensities of the intensity mask, ascending.</summary>
    public float[] Sorted { get; }

    /// <summary>How they are discretised.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the settings don't fit these intensities.</exception>
    public GreyLevels Levels => _levels.Value;

    /// <summary>All settings.</summary>
    public ExtractionSettings Settings { get; }

    /// <summary>The discretised image, made on first use and shared by the texture families.</summary>
    public GreyLevelGrid Grid => _grid.Value;

    /// <summary>Zones of one grey level, linked in three dimensions; found on first use. With distances if the GLDZM is among the families.</summary>
    public ZoneList Zones => _zones.Value;

    /// <summary>The same linked within slices.</summary>
    public ZoneList SliceZones => _sliceZones.Value;
}
