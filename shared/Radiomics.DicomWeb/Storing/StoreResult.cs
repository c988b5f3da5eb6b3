namespace Radiomics.DicomWeb;

/// <summary>What became of each instance that was sent (PS3.18 section 10.5.3). UIDs are the original ones: not for logs or histories.</summary>
/// <param name="Stored">Those that the service has now.</param>
/// <param name="Failed">Those that it didn't take.</param>
public sealed record StoreResult(IReadOnlyList<StoredInstance> Stored, IReadOnlyList<FailedInstance> Failed)
{
    /// <summary>Those that were stored although something is wrong with them.</summary>
    public IEnumerable<StoredInstance> Warnings => Stored.Where(instance => instance.WarningReason is not null);

    /// <summary>
    /// Whether the service has everything that was sent: nothing failed but for being there already, as happens when a try that got no answer had stored.
    /// </summary>
    public bool IsComplete => Failed.All(instance => instance.IsAlreadyStored);

    internal static StoreResult Of(IEnumerable<StoreResult> results)
    {
        var all = results.ToArray();
        return new([.. all.SelectMany(result => result.Stored)], [.. all.SelectMany(result => result.Failed)]);
    }
}
