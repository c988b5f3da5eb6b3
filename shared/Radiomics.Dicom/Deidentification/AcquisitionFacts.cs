namespace Radiomics.Dicom;

/// <summary>
/// What leaves ingest of a series' header: numbers, and codes of closed lists. Free text (SeriesDescription, ManufacturerModelName …)
/// never does.
/// </summary>
public sealed record AcquisitionFacts
{
    /// <summary>A known manufacturer by its usual name (<c>Siemens</c>, <c>GE</c>, <c>Philips</c> …); null if none of them.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Tesla.</summary>
    public double? MagneticFieldStrength { get; init; }

    /// <summary>Values of ImageType that are on the list of known ones.</summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary><c>SE</c>, <c>IR</c>, <c>GR</c>, <c>EP</c>, <c>RM</c>.</summary>
    public IReadOnlyList<string> ScanningSequence { get; init; } = [];

    /// <summary><c>2D</c> or <c>3D</c>.</summary>
    public string? MRAcquisitionType { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? RepetitionTime { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? EchoTime { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? InversionTime { get; init; }

    /// <summary>Degrees.</summary>
    public double? FlipAngle { get; init; }

    /// <summary>Echoes per excitation.</summary>
    public double? EchoTrainLength { get; init; }

    /// <summary>Averages.</summary>
    public double? NumberOfAverages { get; init; }

    /// <summary>Hertz per pixel.</summary>
    public double? PixelBandwidth { get; init; }

    /// <summary>Nominal thickness, mm; the spacing of a volume comes from slice positions, not from this.</summary>
    public double? SliceThickness { get; init; }

    /// <summary>Whether contrast agent had been given; null in what was stored before it was kept.</summary>
    public bool? IsPostContrast { get; init; }

    /// <summary>Whether fat is suppressed other than by Dixon; null in what was stored before it was kept.</summary>
    public bool? IsFatSaturated { get; init; }

    /// <summary>RescaleSlope of the first slice, as applied.</summary>
    public double RescaleSlope { get; init; } = 1;

    /// <summary>RescaleIntercept of the first slice, as applied.</summary>
    public double RescaleIntercept { get; init; }

    /// <summary>Philips' private scale slope (2005,100E) of the first slice; not applied.</summary>
    public double? PhilipsScaleSlope { get; init; }

    /// <summary>Philips' private scale intercept (2005,100D) of the first slice; not applied.</summary>
    public double? PhilipsScaleIntercept { get; init; }

    /// <summary>RealWorldValueSlope of the first slice; not applied.</summary>
    public double? RealWorldValueSlope { get; init; }

    /// <summary>RealWorldValueIntercept of the first slice; not applied.</summary>
    public double? RealWorldValueIntercept { get; init; }
}
