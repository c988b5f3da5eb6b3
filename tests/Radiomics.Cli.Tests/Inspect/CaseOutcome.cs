namespace Radiomics.Cli.Tests.Inspect;

/// <summary>What must become of a case.</summary>
internal sealed record CaseOutcome
{
    /// <summary>The center that is asked.</summary>
    public string Center { get; init; } = "A";

    /// <summary>Code for which it is refused; null if it is predicted.</summary>
    public string? Refused { get; init; }

    /// <summary>What the refusal's sentence must speak of.</summary>
    public string Saying { get; init; } = "";

    /// <summary>The case that goes right and has the same voxels and region.</summary>
    public string Base { get; init; } = "base_A";

    /// <summary>The sequences that must be the same as the base's; all that it has, if null.</summary>
    public IReadOnlyList<string>? Same { get; init; }

    /// <summary>Whether the region is another than the base's, and must be one part without holes.</summary>
    public bool HasOwnRegion { get; init; }

    /// <summary>Numbers of the series that must be taken.</summary>
    public IReadOnlyDictionary<string, int> Series { get; init; } = new Dictionary<string, int>();
}
