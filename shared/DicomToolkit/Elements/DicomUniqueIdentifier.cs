using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of UIDs (UI).</summary>
public class DicomUniqueIdentifier : DicomMultiStringElement
{
    private DicomUID[]? _uids;

    public DicomUniqueIdentifier(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    public DicomUniqueIdentifier(DicomTag tag, params DicomUID[] values)
        : base(tag, [.. values.Select(v => v.UID)])
    {
    }

    public DicomUniqueIdentifier(DicomTag tag, params DicomTransferSyntax[] values)
        : base(tag, [.. values.Select(v => v.UID.UID)])
    {
    }

    public DicomUniqueIdentifier(DicomTag tag, IByteBuffer data)
        : base(tag, null, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.UI;

    public override T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(string[]))
            return base.Get<T>(item);

        _uids ??= [.. base.Get<string[]>().Select(DicomUID.Parse)];
        if (typeof(T) == typeof(DicomUID[]) || typeof(T) == typeof(object[]))
            return (T)(object)_uids;
        if (typeof(T) == typeof(DicomTransferSyntax[]))
            return (T)(object)_uids.Select(DicomTransferSyntax.Lookup).ToArray();
        if (typeof(T) == typeof(DicomUID) || typeof(T) == typeof(object))
            return (T)(object)_uids[Math.Max(item, 0)];
        return typeof(T) == typeof(DicomTransferSyntax) ? (T)(object)DicomTransferSyntax.Lookup(_uids[Math.Max(item, 0)]) : base.Get<T>(item);
    }
}
