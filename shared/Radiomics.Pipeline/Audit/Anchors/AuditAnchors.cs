using System.Globalization;

namespace Radiomics.Pipeline;

/// <summary>
/// Signed heads that stay (<c>audit-anchors/{center}/{yyyy-MM}-{n}-{line}.json</c>): each is written once, where Azure lets nobody overwrite or delete it, and names the one before it.
/// What a chain held when one was written, it must hold for good.
/// </summary>
internal static class AuditAnchors
{
    /// <summary>What a timestamp of an anchor is called after it.</summary>
    public const string TimestampSuffix = ".tst";

    /// <summary>Name of the anchor of a line.</summary>
    public static string NameOf(AuditSegment segment, int line) => string.Create(CultureInfo.InvariantCulture, $"{segment.Center}/{segment.Month}-{segment.Number:D6}-{line:D6}.json");

    /// <summary>Where a name says that its line is; null if it is no anchor's.</summary>
    public static AuditPosition? PositionOf(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && name.Length == slash + 27 && name.EndsWith(".json", StringComparison.Ordinal) && name[slash + 8] == '-' && name[slash + 15] == '-'
            && int.TryParse(name.AsSpan(slash + 9, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(name.AsSpan(slash + 16, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? new(new AuditSegment(name[..slash], name.Substring(slash + 1, 7), number), line)
            : null;
    }

    /// <summary>Names of all that lies in a center's folder, in order; none if there is no such container.</summary>
    public static IAsyncEnumerable<string> NamesAsync(BlobStore store, string center, CancellationToken cancellation) =>
        store.ListAsync(Containers.AuditAnchors, $"{center}/", cancellation).OrNoneAsync(cancellation).Select(blob => blob.Name);
}

/// <summary>A line of a chain.</summary>
internal readonly record struct AuditPosition(AuditSegment Segment, int Line) : IComparable<AuditPosition>
{
    public int CompareTo(AuditPosition other) => Segment.CompareTo(other.Segment) is var bySegment and not 0 ? bySegment : Line.CompareTo(other.Line);
}
