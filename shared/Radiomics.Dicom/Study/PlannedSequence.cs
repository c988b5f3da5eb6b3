using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A sequence that has passed all checks but those of its pixel data.</summary>
internal sealed record PlannedSequence(
    string Name,
    SliceStack Stack,
    VolumeGeometry Geometry,
    IReadOnlyList<SliceHeader> Sorted,
    Mask Roi,
    RoiQuality RoiQuality);
