using System.ComponentModel.DataAnnotations;

namespace Radiomics.Pipeline;

/// <summary>The settings <c>Radiomics__Audit__…</c>: the key that the audit trail is signed under, and who else vouches for it.</summary>
public sealed record AuditOptions
{
    /// <summary>
    /// Address of the Key Vault key (EC, P-256) that vouches for what this service writes into the audit trail, without a version. In Azure it must be set; on one's own
    /// machine a key file is made on first start.
    /// </summary>
    public Uri? Key { get; init; }

    /// <summary>Client id of the user-assigned identity that may sign with the vault's key; the app's own without it.</summary>
    public string? KeyClientId { get; init; }

    /// <summary>The file that holds the key (PEM) where no vault does; in the user's profile by default.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Fingerprints of keys that count although neither the vault nor the key file knows them any more: those of a vault that was lost.</summary>
    public IReadOnlyList<string> FormerKeys { get; init; } = [];

    /// <summary>Address of a timestamp authority (RFC 3161) that every five minutes' newest anchors are sent to, as digests. Nobody is asked without it.</summary>
    public Uri? TimestampAuthority { get; init; }

    /// <summary>
    /// For how long it is gathered who read what until that is one event for each reader, center and kind of thing, seconds. A process that is killed takes at most as much with it.
    /// </summary>
    [Range(1, 3600)]
    public double ReadSeconds { get; init; } = 60;

    /// <summary>Whether the whole trail is verified every night, and the log told.</summary>
    public bool VerifyNightly { get; init; } = true;
}
