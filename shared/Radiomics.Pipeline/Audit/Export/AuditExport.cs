using System.Runtime.CompilerServices;

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
    public static async IAsyncEnumerable<BinaryData> LinesAsync(
        BlobStore store, string center, DateTime? from = null, DateTime? until = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var line in AuditSegments.EventsAsync(store, center, cancellation))
        {
            if (!(line.Time < from) && !(line.Time >= until))
            {
                yield return new BinaryData(line.ToBytes());
            }
        }
    }
}
