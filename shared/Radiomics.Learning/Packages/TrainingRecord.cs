using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>What a model was trained from and how (<c>training.json</c> of a package): enough to train it again, and to know whom it has seen.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TrainingRecord
{
    /// <summary>SHA-256 of the cohort, lower-case hex.</summary>
    public required string CohortSha256 { get; init; }

    /// <summary>Mapped study UIDs on which anything was fitted or chosen, in ordinal order.</summary>
    public required IReadOnlyList<string> TrainingStudies { get; init; }

    /// <summary>Mapped study UIDs that were held out, in ordinal order.</summary>
    public required IReadOnlyList<string> TestStudies { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>Hash of the extraction settings.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Engine that made the features.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Version of the learning code.</summary>
    public required string LearningVersion { get; init; }

    /// <summary>The protocol, as data.</summary>
    public required ProtocolSettings Protocol { get; init; }
}
