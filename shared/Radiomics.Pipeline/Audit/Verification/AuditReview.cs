namespace Radiomics.Pipeline;

/// <summary>The service's own look at its trails: everything is verified, under the keys that the vault or the key file has.</summary>
public sealed class AuditReview(BlobStore store, IAuditKey key, SecondAnchors second, AuditOptions options)
{
    /// <summary>Verifies all centers.</summary>
    /// <returns>What each was found to be; nothing if the settings don't want it.</returns>
    public async IAsyncEnumerable<AuditVerification> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (!options.VerifyNightly)
        {
            yield break;
        }

        var inspection = new AuditInspection(store, await AuditTrust.OfAsync(key, options.FormerKeys, cancellation)) { SecondAccount = second.Store };
        await foreach (var verification in inspection.OfAllAsync(cancellation))
        {
            yield return verification;
        }
    }
}
