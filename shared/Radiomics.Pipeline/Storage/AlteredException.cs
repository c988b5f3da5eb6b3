using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Something stored isn't what was stored, by the digest that its reference or the audit trail has of it. Nothing is made of it and it isn't told, however often it is asked for: somebody has to look, and
/// to bring back what was there.
/// </summary>
public sealed class AlteredException : RadiomicsException
{
    /// <summary>Code of a part that something is to be made of.</summary>
    public const string PartCode = "StoredPartAltered";

    /// <summary>Code of an answer.</summary>
    public const string RecordCode = "RecordAltered";

    private AlteredException(string code, string detail, string container)
        : base(code, detail) => PipelineMeter.Altered(container);

    /// <summary>Whether a code says so.</summary>
    public static bool Says(string code) => code is PartCode or RecordCode;

    /// <summary>Of a part that has another digest than its reference.</summary>
    /// <param name="container">Container.</param>
    /// <param name="name">Blob name; of containers whose names hold no patient's.</param>
    public static AlteredException OfPart(string container, string name) => new(
        PartCode,
        $"The stored part {container}/{name} was changed after it was written: it doesn't have the digest that it is referred to by. Nothing is wrong with what was sent; the operator restores the part.",
        container);

    /// <summary>Of a prediction's record, or a report of it, that has another digest than the audit trail says.</summary>
    /// <param name="name">Blob name.</param>
    public static AlteredException OfRecord(string name) => new(
        RecordCode,
        $"The stored answer {Containers.Predictions}/{name} was changed after it was published: it isn't the one that the audit trail names, and isn't told. The operator restores it.",
        Containers.Predictions);
}
