namespace Radiomics.Pipeline;

/// <summary>The keys that count, for who compares one event at a time: asked for once, and again when a signature names another key.</summary>
/// <param name="ask">Asks for them.</param>
public sealed class KnownAuditKeys(Func<CancellationToken, Task<AuditTrust>> ask)
{
    private AuditTrust? _trust;

    /// <summary>The keys of a service: its own, those that it has replaced, and what else its settings name.</summary>
    public KnownAuditKeys(IAuditKey key, AuditOptions options)
        : this(cancellation => AuditTrust.OfAsync(key, options.FormerKeys, cancellation))
    {
    }

    /// <summary>Whatever key signed counts, of those whose certificates lie among the anchors.</summary>
    public static KnownAuditKeys Unpinned { get; } = new(_ => Task.FromResult(AuditTrust.Unpinned));

    /// <summary>What is wrong with a signed line; null if nothing is.</summary>
    internal async Task<string?> FaultAsync(BlobStore store, AuditLine line, CancellationToken cancellation)
    {
        var fault = await FaultAsync(store, line, _trust ??= await ask(cancellation), cancellation);
        return fault == AuditReasons.KeyForeign ? await FaultAsync(store, line, _trust = await ask(cancellation), cancellation) : fault;
    }

    private static Task<string?> FaultAsync(BlobStore store, AuditLine line, AuditTrust trust, CancellationToken cancellation) =>
        new SignatureCheck(trust, store).FaultAsync(line.Signer!, AuditLine.SignedKind, line.Hash!, line.Signature, line.WrittenAt, cancellation);
}
