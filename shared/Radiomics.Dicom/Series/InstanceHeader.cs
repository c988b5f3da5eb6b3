namespace Radiomics.Dicom;

/// <summary>What ingest needs to know of one DICOM file without its pixel data. Holds identity: never leaves ingest.</summary>
internal sealed record InstanceHeader
{
    /// <summary>The file, by its number in the source.</summary>
    public required int Entry { get; init; }

    public required string SopClassUid { get; init; }

    /// <summary>The kind of image that the study is read for.</summary>
    public ImageModality Wanted { get; init; }

    public required string SopInstanceUid { get; init; }

    public required string StudyUid { get; init; }

    public required string SeriesUid { get; init; }

    public string? FrameOfReferenceUid { get; init; }

    public string? PatientId { get; init; }

    public string? IssuerOfPatientId { get; init; }

    public string? PatientName { get; init; }

    public string? PatientBirthDate { get; init; }

    public string? StudyDate { get; init; }

    /// <summary>Whether BurnedInAnnotation says that the pixels may name the patient.</summary>
    public bool IsBurnedIn { get; init; }

    public string? Modality { get; init; }

    public int? SeriesNumber { get; init; }

    public string? Manufacturer { get; init; }

    public string? SeriesDescription { get; init; }

    public string? ProtocolName { get; init; }

    public double? MagneticFieldStrength { get; init; }

    public string? MRAcquisitionType { get; init; }

    public IReadOnlyList<string> ImageType { get; init; } = [];

    public IReadOnlyList<string> ScanOptions { get; init; } = [];

    public IReadOnlyList<string> ScanningSequence { get; init; } = [];

    public IReadOnlyList<string> SequenceVariant { get; init; } = [];

    /// <summary>Whether the header names a contrast agent.</summary>
    public bool HasContrastAgent { get; init; }

    /// <summary>ContrastBolusStartTime, seconds since midnight.</summary>
    public double? ContrastStart { get; init; }

    /// <summary>ImagesInAcquisition: how many images the acquisition gave.</summary>
    public int? ImagesInAcquisition { get; init; }

    /// <summary>NumberOfSeriesRelatedInstances, as some archives write it into what they send.</summary>
    public int? SeriesInstances { get; init; }

    /// <summary>NumberOfStudyRelatedInstances, as some archives write it into what they send.</summary>
    public int? StudyInstances { get; init; }

    /// <summary>How a classic MR image packs several slices into one; null if it is one slice.</summary>
    public SlicePacking? Packing { get; init; }

    /// <summary>Whether the file has rows and columns, i.e. is an image of some kind.</summary>
    public bool IsImage { get; init; }

    /// <summary>Why the object can't be used; null if nothing speaks against it. The slices carry it, too.</summary>
    public ObjectFault? Fault { get; init; }

    /// <summary>Whether the file goes on after its pixel data.</summary>
    public bool HasTrailing { get; init; }

    /// <summary>Whether NumberOfFrames is there but no positive number, or absent where frames are described.</summary>
    public bool HasNoFrameCount { get; init; }

    /// <summary>Keywords of numbers that are there but can't be read, among those that place, scale and classify an image.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>The planes of an image of the kind that is wanted, in file order; empty for anything else, or if their geometry is absent.</summary>
    public IReadOnlyList<SliceHeader> Slices { get; init; } = [];

    /// <summary>The frames that are none of <see cref="Slices"/>; empty where these are.</summary>
    public IReadOnlyList<PlacelessFrame> Placeless { get; init; } = [];
}
