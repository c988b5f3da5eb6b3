using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>What a prediction rests on beside the study itself.</summary>
public sealed record PredictionBasis
{
    /// <summary>SHA-256 of the upload's content.</summary>
    public required string UploadSha256 { get; init; }

    /// <summary>Prediction of an earlier upload under the same name.</summary>
    public string? Supersedes { get; init; }

    /// <summary>SHA-256 of the pinned center profile and settings.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>The extraction settings of that profile.</summary>
    public required ExtractionSettings Settings { get; init; }

    /// <summary>Version of the extraction engine.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The model that answered, and its card; null for a center without models.</summary>
    public (ModelPointer Pointer, ModelCard Card)? Model { get; init; }

    /// <summary>What it said.</summary>
    public ModelScore? Score { get; init; }
}
