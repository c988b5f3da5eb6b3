using System.Globalization;

namespace Radiomics.Pipeline;

/// <summary>Name of a segment: <c>{center}/{yyyy-MM}-{n}.jsonl</c>, n from 1 within the month.</summary>
internal readonly record struct AuditSegment(string Center, string Month, int Number) : IComparable<AuditSegment>
{
    public string Blob => string.Create(CultureInfo.InvariantCulture, $"{Center}/{Month}-{Number}.jsonl");

    public static string MonthOf(DateTime time) => time.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static AuditSegment? TryParse(string blob)
    {
        var slash = blob.IndexOf('/');
        if (slash < 0 || !blob.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            return null;
        }

        var name = blob[(slash + 1)..^".jsonl".Length];
        return name.Length > 8 && name[7] == '-' && int.TryParse(name.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(blob[..slash], name[..7], number)
            : null;
    }

    /// <summary>The segment to go on with at <paramref name="month"/>: the first of a later month, or the next of this one.</summary>
    public AuditSegment After(string month) =>
        string.CompareOrdinal(month, Month) > 0 ? new(Center, month, 1) : this with { Number = Number + 1 };

    public int CompareTo(AuditSegment other) =>
        string.CompareOrdinal(Month, other.Month) is var byMonth and not 0 ? byMonth : Number.CompareTo(other.Number);
}
