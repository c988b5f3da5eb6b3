using System.Security.Cryptography;

namespace Radiomics.Pipeline;

/// <summary>
/// Signs what this process writes into the audit trail: with a key that lies in its memory alone, for a day, and that the service's key vouches for. So the vault is asked once a
/// day and not for every event, and what a memory dump gives away is good for no longer.
/// </summary>
internal sealed class AuditSigner(BlobStore store, IAuditKey key, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(10);

    // What a clock is set back by while it is put right.
    private static readonly TimeSpan _setBack = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1);
    private AuditSession? _session;

    /// <summary>What signs now, and what the clock says that it signs by: both of one look, since a clock may be set between two. One that was set back begins another session.</summary>
    public async Task<(AuditSession Session, DateTime Now)> CurrentAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (_session is { } current && IsGood(current, now))
        {
            return (current, now);
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            now = clock.GetUtcNow().UtcDateTime;
            if (_session is not { } other || !IsGood(other, now))
            {
                _session = other = await BeginAsync(now, cancellation);
            }

            return (other, now);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        _session?.Dispose();
    }

    private static bool IsGood(AuditSession session, DateTime now) => now >= session.Certificate.NotBefore && now < session.Certificate.NotAfter - _margin;

    private async Task<AuditSession> BeginAsync(DateTime now, CancellationToken cancellation)
    {
        var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = await SignerCertificate.IssueAsync(key, own.ExportSubjectPublicKeyInfo(), now - _setBack, now + _lifetime, cancellation);

        // Before anything that it signs, so that there is no event whose signature can't be checked.
        await store.WriteJsonOnceAsync(Containers.AuditAnchors, certificate.Blob, certificate);
        return new AuditSession(certificate, own);
    }
}

/// <summary>A process's key for a day.</summary>
internal sealed class AuditSession(SignerCertificate certificate, ECDsa key) : IDisposable
{
    public SignerCertificate Certificate => certificate;

    public string Id => certificate.Id;

    /// <summary>Signs a text of a kind.</summary>
    public byte[] Sign(string kind, string text)
    {
        lock (key)
        {
            return key.SignHash(AuditPublicKey.DigestOf(kind, text), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => key.Dispose();
}
