namespace Radiomics.Cli.Inspect;

/// <summary>What becomes of a study at a center.</summary>
internal enum CenterOutcome
{
    /// <summary>It is predicted.</summary>
    Predicted,

    /// <summary>The center has no models: its features are extracted.</summary>
    Features,

    /// <summary>It is refused.</summary>
    Refused,
}
