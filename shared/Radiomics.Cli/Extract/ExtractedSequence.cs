using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>Features of one sequence, with what they were computed from.</summary>
/// <param name="Name">Sequence name, or <c>image</c> for NIfTI.</param>
/// <param name="Vector">The features.</param>
/// <param name="ImageSha256">SHA-256 of the NIfTI image: the file read, or the de-identified volume as NIfTI.</param>
/// <param name="MaskSha256">SHA-256 of the mask, in the same way.</param>
/// <param name="Label">Value of the ROI in the mask; null: any that isn't 0.</param>
/// <param name="ReferenceMaskSha256">SHA-256 of the file with the mask of the reference region; null without one.</param>
public sealed record ExtractedSequence(string Name, FeatureVector Vector, string ImageSha256, string MaskSha256, int? Label, string? ReferenceMaskSha256 = null);
