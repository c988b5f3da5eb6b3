namespace Radiomics.Extraction;

/// <summary>What an extraction gives: values by IBSI tag, and how they came about.</summary>
public sealed record FeatureVector
{
    /// <summary>Value by IBSI tag (e.g. <c>stat_mean</c>), in ordinal order of the tags; null where undefined, with its reason in <see cref="Undefined"/>.</summary>
    public required IReadOnlyDictionary<string, double?> Features { get; init; }

    /// <summary>Image and mask checks by the reference tables' tags (e.g. <c>int_mask_vox_count_reseg_roi</c>).</summary>
    public required IReadOnlyDictionary<string, double> Diagnostics { get; init; }

    /// <summary>Why a feature is null, by tag.</summary>
    public IReadOnlyDictionary<string, string> Undefined { get; init; } = new TagTable<string>();

    /// <summary>What was extracted all the same, but may not be what was meant: a sentence each, without names of patients or files.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The settings used.</summary>
    public required ExtractionSettings Settings { get; init; }

    /// <summary>SHA-256 of the settings' canonical JSON, lower-case hex.</summary>
    public required string SettingsHash { get; init; }

    /// <summary><see cref="FeatureExtractor.EngineVersion"/> at the time.</summary>
    public required string EngineVersion { get; init; }
}
