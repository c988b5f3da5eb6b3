namespace Radiomics.Pipeline;

/// <summary>The key that vouches for the audit trail. It signs certificates of processes, each once a day; they sign what they write.</summary>
public interface IAuditKey
{
    /// <summary>Signs a SHA-256 digest.</summary>
    /// <returns>The public key of the version that signed, and the signature: r and s, 32 bytes each.</returns>
    Task<(byte[] PublicKey, byte[] Signature)> SignAsync(byte[] digest, CancellationToken cancellation = default);

    /// <summary>The public keys that count: the current one and those before it.</summary>
    Task<IReadOnlyList<byte[]>> PublicKeysAsync(CancellationToken cancellation = default);
}
