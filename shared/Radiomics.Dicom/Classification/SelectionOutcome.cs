namespace Radiomics.Dicom;

/// <summary>What became of images of an upload, and why.</summary>
public enum SelectionOutcome
{
    /// <summary>They are the sequence.</summary>
    Taken,

    /// <summary>They fit no sequence but are kept under their series' number (<see cref="IngestRules.AdmitUnclassified"/>).</summary>
    Admitted,

    /// <summary>ImageType says <c>LOCALIZER</c>.</summary>
    Localizer,

    /// <summary>ImageType says <c>SECONDARY</c>, or they are secondary captures: made for people to look at.</summary>
    Secondary,

    /// <summary>Several slices lie side by side in one image (Siemens mosaic).</summary>
    Mosaic,

    /// <summary>A classic image with several frames that nothing describes.</summary>
    PackedFrames,

    /// <summary>The headers give no position, orientation, pixel spacing or size.</summary>
    NoPlace,

    /// <summary>No rule fits.</summary>
    NoRule,

    /// <summary>One of <see cref="IngestRules.Excluded"/> fits.</summary>
    Excluded,

    /// <summary>An earlier rule named another series so.</summary>
    LaterRule,

    /// <summary>Acquired after contrast agent had been given; another was before.</summary>
    PostContrast,

    /// <summary>Fat is suppressed; another's isn't.</summary>
    FatSaturated,

    /// <summary>Diffusion-weighted; another isn't.</summary>
    Diffusion,

    /// <summary>Covers less of the region than another, or of the body where the region isn't known.</summary>
    CoversLess,

    /// <summary>Derived, or less corrected than another.</summary>
    Derived,

    /// <summary>A later echo, or a later phase, of the series that was taken.</summary>
    LaterPhase,

    /// <summary>Nothing that matters sets it apart from the one that was taken: size and number decided.</summary>
    Equal,

    /// <summary>It can't be made into a volume, so it gave way to the next.</summary>
    Unusable,

    /// <summary>It was the sequence, but was refused or left out afterwards; <see cref="SeriesFinding.Code"/> says why.</summary>
    Refused,
}
