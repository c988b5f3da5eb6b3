namespace Radiomics.DicomWeb.Storing;

/// <summary>Parts instances into requests, in their order.</summary>
internal static class StoreBatches
{
    /// <summary>As few requests as no more than so many bytes in each allow; a larger instance goes alone, and one of unknown length counts nothing.</summary>
    public static IEnumerable<IReadOnlyList<StoreItem>> Of(IEnumerable<StoreItem> items, long bytes)
    {
        var batch = new List<StoreItem>();
        var sum = 0L;
        foreach (var item in items)
        {
            var length = item.Length ?? 0;
            if (batch.Count > 0 && sum + length > bytes)
            {
                yield return batch;
                batch = [];
                sum = 0;
            }

            batch.Add(item);
            sum += length;
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
