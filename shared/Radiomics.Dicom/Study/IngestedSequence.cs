using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>One sequence of a study, de-identified: intensities, ROI on the same grid, and what is known of the acquisition.</summary>
public sealed record IngestedSequence
{
    /// <summary><c>T1_F</c>, <c>T1_W</c>, <c>T1_in</c>, <c>T1_opp</c>, <c>T2</c> or <c>MR_{seriesNumber}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SeriesInstanceUID, mapped.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>SOPClassUID of the images.</summary>
    public required string SopClassUid { get; init; }

    /// <summary>SOPInstanceUIDs of the images, mapped, in the order of the slices.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>Intensities after RescaleSlope and RescaleIntercept.</summary>
    public required Volume Volume { get; init; }

    /// <summary>The ROI on the grid of <see cref="Volume"/>; at least one voxel inside.</summary>
    public required Mask Roi { get; init; }

    /// <summary>Where the ROI came from: <c>RTSTRUCT</c>, <c>SEG</c> or <c>NIFTI</c>.</summary>
    public required string RoiSource { get; init; }

    /// <summary>What can be said of the ROI on this grid.</summary>
    public required RoiQuality RoiQuality { get; init; }

    /// <summary>Volume of the ROI on this grid, millilitres.</summary>
    public double RoiVolumeMl => Roi.CountInside() * Roi.Geometry.VoxelVolume / 1000;

    /// <summary>How it was acquired.</summary>
    public required AcquisitionFacts Acquisition { get; init; }
}
