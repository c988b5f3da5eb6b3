namespace Radiomics.Pipeline;

/// <summary>The secret under which UIDs are mapped, as <see cref="UidKeys"/> finds it. Only the settings hold it as text.</summary>
public sealed record UidKeyOptions
{
    /// <summary>
    /// Base64 of at least 32 random bytes, under which UIDs and patients are mapped. In Azure it must be set; on one's own machine a file is made on first start.
    /// Another key gives every study another UID.
    /// </summary>
    public string? UidKey { get; init; }

    /// <summary>The file that holds the key where none is set; in the user's profile by default.</summary>
    public string? UidKeyFile { get; init; }
}
