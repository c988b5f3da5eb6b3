namespace Radiomics.Pipeline;

/// <summary>Hands trails on as they are.</summary>
public static class AuditExport
{
    /// <summary>The centers that have a trail.</summary>
    public static IAsyncEnumerable<string> CentersAsync(BlobStore store, CancellationToken cancellation = default) => AuditSegments.CentersAsync(store, cancellation);

    /// <summary>The lines of a center's events, in order, without line ends.</summary>
    /// <param name="store">The account.</param>
    /// <param name="center">The center.</param>
    /// <param name="from">Earliest time; null: from the first event on.</param>
    /// <param name="until">Time before which they are; null: to the last.</param>
    public static IAsyncEnumerable<BinaryData> LinesAsync(BlobStore store, string center, DateTime? from = null, DateTime? until = null, CancellationToken cancellation = default) =>
        EventsAsync(store, center, from, until, cancellation).Select(line => new BinaryData(line.ToBytes()));

    /// <summary>A center's events of a time, in order.</summary>
    internal static IAsyncEnumerable<AuditLine> EventsAsync(BlobStore store, string center, DateTime? from, DateTime? until, CancellationToken cancellation) =>
        AuditSegments.EventsAsync(store, center, cancellation).Where(line => !(line.Time < from) && !(line.Time >= until));
}
