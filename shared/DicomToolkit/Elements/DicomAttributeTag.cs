using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of tags (AT).</summary>
public class DicomAttributeTag : DicomElement
{
    private DicomTag[]? _values;

    public DicomAttributeTag(DicomTag tag, params DicomTag[] values)
        : base(tag, new MemoryByteBuffer(BinaryValues.Bytes([.. values.SelectMany(v => new[] { v.Group, v.Element })]))) => _values = values;

    public DicomAttributeTag(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override int Count => (int)(Buffer.Size / 4);

    public override DicomVR ValueRepresentation => DicomVR.AT;

    public IEnumerable<DicomTag> Values => _values ??= Read();

    public override T Get<T>(int item = -1)
    {
        var tags = (DicomTag[])Values;
        if (typeof(T) == typeof(DicomTag[]))
            return (T)(object)tags;
        if (typeof(T) == typeof(string[]))
            return (T)(object)tags.Select(t => t.ToString()).ToArray();
        if (typeof(T) != typeof(DicomTag) && typeof(T) != typeof(string))
            throw CannotConvert<T>();
        var tag = tags[Math.Max(item, 0)];
        return typeof(T) == typeof(string) ? (T)(object)tag.ToString() : (T)(object)tag;
    }

    public override bool Equals(DicomElement other) => other is DicomAttributeTag tags && tags.Values.SequenceEqual(Values);

    private DicomTag[] Read()
    {
        var words = BinaryValues.All<ushort>(Buffer);
        var tags = new DicomTag[words.Length / 2];
        for (var i = 0; i < tags.Length; i++)
            tags[i] = new DicomTag(words[2 * i], words[(2 * i) + 1]);
        return tags;
    }
}
