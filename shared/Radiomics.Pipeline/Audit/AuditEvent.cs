namespace Radiomics.Pipeline;

/// <summary>Who did what, when, to what, with which digests. Holds no patient identity.</summary>
public sealed record AuditEvent
{
    /// <summary>Instance id and step, e.g. <c>p-…/ingest</c>: the same step writes once, however often it runs.</summary>
    public required string Id { get; init; }

    /// <summary>The center whose trail it belongs to, or <c>_system</c>.</summary>
    public required string Center { get; init; }

    /// <summary>
    /// Who: the verified principal of a call (<c>entra:{object id}</c>, <c>token:{subject}</c>, <c>key:{id}</c>; <c>local</c> where nobody is asked), or <c>blob-trigger</c>,
    /// <c>dicom-service</c>, <c>pipeline</c>, <c>tool:{account}</c>.
    /// </summary>
    public required string Actor { get; init; }

    /// <summary>What, e.g. <c>study-ingested</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what: ids by kind, e.g. <c>prediction</c>, <c>upload</c>, <c>study</c>.</summary>
    public IReadOnlyDictionary<string, string> Subjects { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 by what it is of.</summary>
    public IReadOnlyDictionary<string, string> Digests { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether an end of the same run follows soon, so that it needs no anchor of its own: the end's, or that of the next five minutes, vouches for it, too.</summary>
    public bool IsPassing { get; init; }
}
