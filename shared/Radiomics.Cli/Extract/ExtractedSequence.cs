using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>Features of one sequence, with what they were computed from.</summary>
/// <param name="Name">Sequence name; of an image with a mask <c>image</c>, or <c>label 1</c> where several regions may be meant.</param>
/// <param name="Vector">The features.</param>
/// <param name="ImageSha256">SHA-256 of the NIfTI image: the file read, or the de-identified volume as NIfTI.</param>
/// <param name="MaskSha256">SHA-256 of the mask, in the same way.</param>
/// <param name="Label">Label of the ROI in the mask, or several as <c>1+2</c>; null: whatever isn't 0.</param>
/// <param name="ReferenceMaskSha256">SHA-256 of the file with the mask of the reference region; null without one.</param>
public sealed record ExtractedSequence(string Name, FeatureVector Vector, string ImageSha256, string MaskSha256, string? Label, string? ReferenceMaskSha256 = null)
{
    /// <summary>How the files were read, where that isn't as they are: which volume, or a mask on another grid; null otherwise.</summary>
    public string? Reading { get; init; }
}
