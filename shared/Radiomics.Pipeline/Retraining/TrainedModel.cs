using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>A model that was trained and stored, not yet the current one.</summary>
public sealed record TrainedModel
{
    /// <summary>Field strength it belongs to.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Content hash of the package, 16 hex digits.</summary>
    public required string Version { get; init; }

    /// <summary>Sequence that it reads.</summary>
    public required string Sequence { get; init; }

    /// <summary>SHA-256 of <c>package.zip</c>.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it reads.</summary>
    public required FeatureSet FeatureSet { get; init; }

    /// <summary>How it was fitted.</summary>
    public required Learner Learner { get; init; }

    /// <summary>What it was chosen by.</summary>
    public required double CvAuc { get; init; }

    /// <summary>AUC on the held-out split; null if that has one class only.</summary>
    public double? TestAuc { get; init; }

    /// <summary><c>card.json</c>, in <c>models</c>; <c>card.html</c> lies beside it.</summary>
    public required BlobReference Card { get; init; }
}
