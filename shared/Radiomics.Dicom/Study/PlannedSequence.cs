using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A sequence that has passed all checks but those of its pixel data.</summary>
internal sealed record PlannedSequence(
    string Name,
    SliceStack Stack,
    VolumeGeometry Geometry,
    IReadOnlyList<SliceHeader> Sorted,
    Mask Roi,
    RoiQuality RoiQuality)
{
    /// <summary>What is to be said of it to the sender, as long as it is what is read.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The stacks to be taken in its place if its pixels prove unreadable, the first that can be.</summary>
    public IReadOnlyList<NamedStack> Next { get; init; } = [];

    /// <summary>The stack that was chosen before it; null if it is that one.</summary>
    public RefusedStack? InPlaceOf { get; init; }
}
