namespace Radiomics.Pipeline;

/// <summary>The service's own look at its trails: everything is verified, under the keys that the vault or the key file has.</summary>
public sealed class AuditReview(BlobStore store, IAuditKey key, SecondAnchors second, AuditOptions options, AuditVerdicts verdicts, TimeProvider clock)
{
    /// <summary>Verifies all centers, and keeps the verdict on each for people who look at it by day.</summary>
    /// <returns>What each was found to be; nothing if the settings don't want it.</returns>
    public async IAsyncEnumerable<AuditVerification> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (!options.VerifyNightly)
        {
            yield break;
        }

        var inspection = new AuditInspection(store, await AuditTrust.OfAsync(key, options.FormerKeys, cancellation)) { SecondAccount = second.Store };
        var (began, since) = (clock.GetUtcNow().UtcDateTime, clock.GetTimestamp());
        await foreach (var verification in inspection.OfAllAsync(cancellation))
        {
            await verdicts.KeepAsync(verification, began, clock.GetElapsedTime(since), cancellation);
            yield return verification;
            (began, since) = (clock.GetUtcNow().UtcDateTime, clock.GetTimestamp());
        }
    }
}
