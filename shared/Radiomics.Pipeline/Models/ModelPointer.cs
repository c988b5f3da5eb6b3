namespace Radiomics.Pipeline;

/// <summary>Which model a center uses at a field strength (<c>models/{center}/{fieldStrength}/current.json</c>), and what a plan pins.</summary>
public sealed record ModelPointer
{
    /// <summary>Content hash of the package, 16 hex digits.</summary>
    public required string Version { get; init; }

    /// <summary>Sequence that it reads.</summary>
    public required string Sequence { get; init; }

    /// <summary>SHA-256 of <c>package.zip</c>.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What made it the current one: <c>approval</c>, <c>rollback</c>, <c>rule</c>, or <c>demonstration</c> for what ships with the app; never a person's name.</summary>
    public required string PromotedBy { get; init; }
}
