namespace Radiomics.Dicom;

/// <summary>One stored sequence of a <see cref="StudyManifest"/>.</summary>
public sealed record ManifestSequence
{
    /// <summary>Sequence name.</summary>
    public required string Name { get; init; }

    /// <summary>Mapped SeriesInstanceUID.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>SOPClassUID of the images; empty in manifests of versions that didn't keep it.</summary>
    public string SopClassUid { get; init; } = "";

    /// <summary>Mapped SOPInstanceUIDs of the images, in the order of the slices; empty in manifests of versions that didn't keep them.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The NIfTI volume.</summary>
    public required StoredFile Volume { get; init; }

    /// <summary>The NIfTI ROI, on the volume's grid.</summary>
    public required StoredFile Roi { get; init; }

    /// <summary>The grid.</summary>
    public required ManifestGeometry Geometry { get; init; }

    /// <summary>SliceThickness, mm: how much each slice shows; null if the headers don't say.</summary>
    public double? SliceThickness { get; init; }

    /// <summary>
    /// Distance of slices less their thickness, mm: tissue between slices that none shows, or (negative) overlap; null if the thickness is unknown, or there is one
    /// slice.
    /// </summary>
    public double? SliceGap { get; init; }

    /// <summary>How it was acquired.</summary>
    public required AcquisitionFacts Acquisition { get; init; }

    /// <summary><c>RTSTRUCT</c>, <c>SEG</c> or <c>NIFTI</c>.</summary>
    public required string RoiSource { get; init; }

    /// <summary>Millilitres.</summary>
    public required double RoiVolumeMl { get; init; }

    /// <summary>What can be said of the ROI on this grid; null in manifests older than it.</summary>
    public RoiQuality? RoiQuality { get; init; }

    /// <summary>Describes <paramref name="sequence"/>, stored as <paramref name="volume"/> and <paramref name="roi"/>.</summary>
    public static ManifestSequence Create(IngestedSequence sequence, StoredFile volume, StoredFile roi) => new()
    {
        Name = sequence.Name,
        SeriesUid = sequence.SeriesUid,
        SopClassUid = sequence.SopClassUid,
        Images = sequence.Images,
        Volume = volume,
        Roi = roi,
        Geometry = ManifestGeometry.Of(sequence.Volume.Geometry),
        SliceThickness = sequence.Acquisition.SliceThickness,
        SliceGap = ManifestGeometry.SliceGapOf(sequence.Volume.Geometry, sequence.Acquisition.SliceThickness),
        Acquisition = sequence.Acquisition,
        RoiSource = sequence.RoiSource,
        RoiVolumeMl = Math.Round(sequence.RoiVolumeMl, 3),
        RoiQuality = sequence.RoiQuality,
    };
}
