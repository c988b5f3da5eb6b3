namespace Radiomics.Pipeline;

/// <summary>Every five minutes: anchors what isn't, and brings each center's newest anchor to where else the settings want it: a second account, a timestamp authority.</summary>
/// <param name="store">The account.</param>
/// <param name="trail">The trail.</param>
/// <param name="second">Another account for anchors; null if there is none.</param>
/// <param name="options">The settings.</param>
public sealed class AuditAnchoring(BlobStore store, AuditTrail trail, SecondAnchors second, AuditOptions options)
{
    /// <summary>One run. What fails for one center or place doesn't keep the others; it is thrown at the end, and tried again by the next run.</summary>
    /// <returns>How many chains had grown since they were anchored.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        List<Exception> failures = [];
        var anchored = 0;
        await TryAsync(failures, async () => anchored = await trail.AnchorAsync(cancellation), cancellation);
        if (second.Store is not null || options.TimestampAuthority is not null)
        {
            await foreach (var center in AuditSegments.FoldersAsync(store, Containers.AuditAnchors, cancellation))
            {
                await TryAsync(failures, () => CarryAsync(center, cancellation), cancellation);
            }
        }

        return failures.Count == 0 ? anchored : throw new AggregateException("Not everything could be anchored.", failures);
    }

    private async Task CarryAsync(string center, CancellationToken cancellation)
    {
        if ((await AuditHead.ReadAsync(store, center, cancellation))?.Anchor is not { } name
            || await store.TryReadAsync(Containers.AuditAnchors, name, cancellation) is not { Content: var anchor })
        {
            return;
        }

        if (second.Store is { } other && !(await other.Blob(Containers.AuditAnchors, name).ExistsAsync(cancellation)).Value)
        {
            await CarryCertificateAsync(other, BlobStore.Parse<AuditHead>(anchor).Signer, cancellation);
            await other.WriteOnceAsync(Containers.AuditAnchors, name, anchor);
        }

        var timestamp = name + AuditAnchors.TimestampSuffix;
        if (options.TimestampAuthority is { } authority && !(await store.Blob(Containers.AuditAnchors, timestamp).ExistsAsync(cancellation)).Value)
        {
            var token = await Timestamp.OfAsync(authority, anchor, cancellation);
            await store.WriteOnceAsync(Containers.AuditAnchors, timestamp, token, "application/timestamp-reply");
        }
    }

    // So that the second account's anchors can be checked without the first.
    private async Task CarryCertificateAsync(BlobStore other, string? signer, CancellationToken cancellation)
    {
        await other.Container(Containers.AuditAnchors).CreateIfNotExistsAsync(cancellationToken: cancellation);
        if (signer is not null && await store.TryReadAsync(Containers.AuditAnchors, SignerCertificate.NameOf(signer), cancellation) is { } certificate)
        {
            await other.WriteOnceAsync(Containers.AuditAnchors, SignerCertificate.NameOf(signer), certificate.Content);
        }
    }

    private static async Task TryAsync(List<Exception> failures, Func<Task> act, CancellationToken cancellation)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            failures.Add(e);
        }
    }
}

/// <summary>Where anchors are kept besides, if anywhere: an account whose keys and roles the service's other people don't have.</summary>
/// <param name="Store">The account; null if there is none.</param>
public sealed record SecondAnchors(BlobStore? Store);
