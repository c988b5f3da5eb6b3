using System.Text;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// Attributes of one frame, wherever the object keeps them: a multi-frame object in its per-frame or shared functional group (PS3.3
/// C.7.6.16),
/// a classic one at the top. Numbers are read here and not by the library, as <see cref="NumberText"/> says why. Values that don't parse
/// count as absent, unless <see cref="IsUnreadable"/> is asked.
/// </summary>
internal sealed class FrameAttributes(DicomDataset dataset, int frame)
{
    /// <summary>Larger values are taken for absent: no attribute that is asked for has any such, but a contour of a million points, and reading them takes several times their size.</summary>
    private const long LargestValue = 16 << 20;

    private const int LargestText = 256;

    /// <summary>Number of frames that have an item of their own; 0 in a classic object.</summary>
    public static int CountDescribed(DicomDataset dataset) =>
        dataset.TryGetSequence(DicomTag.PerFrameFunctionalGroupsSequence, out var frames) ? frames.Items.Count : 0;

    /// <summary>
    /// NumberOfFrames where that is a positive number; otherwise the number of frames described, or 1 in an object that describes none.
    /// </summary>
    public static int CountFrames(DicomDataset dataset) =>
        new FrameAttributes(dataset, 0).Integer(DicomTag.NumberOfFrames) is > 0 and var count ? count : Math.Max(CountDescribed(dataset), 1);

    /// <summary>The text values of <paramref name="tag"/>, trimmed; empty if absent.</summary>
    public string[] Texts(DicomTag tag, DicomTag? group = null) =>
        Holder(tag, group) is var holder && Element(holder, tag) is not null && holder.TryGetValues<string>(tag, out var values)
            ? [.. values.Select(value => (value ?? "").Trim()).Where(value => value.Length > 0)]
            : [];

    /// <summary>The first text value, trimmed; null if absent or empty.</summary>
    public string? Text(DicomTag tag, DicomTag? group = null) => Texts(tag, group).FirstOrDefault();

    /// <summary>All numbers of <paramref name="tag"/>; empty if it is absent, or if one of them is no finite number.</summary>
    public double[] Numbers(DicomTag tag, DicomTag? group = null)
    {
        var holder = Holder(tag, group);
        return Element(holder, tag) switch
        {
            null => [],
            { ValueRepresentation.IsString: true } => holder.TryGetValues<string>(tag, out var texts) ? Parsed(texts, NumberText.Decimal) : [],
            { ValueRepresentation.Code: "US" or "SS" or "UL" or "SL" or "FL" or "FD" or "UV" or "SV" } element => Binary(element),
            _ => [],
        };
    }

    /// <summary>The number of an attribute that has one; null if it is absent or holds anything else.</summary>
    public double? Number(DicomTag tag, DicomTag? group = null) => Numbers(tag, group) is [var only] ? only : null;

    /// <summary>The integer of an attribute that has one; null if it is absent or holds anything else.</summary>
    public int? Integer(DicomTag tag, DicomTag? group = null)
    {
        var holder = Holder(tag, group);
        return Element(holder, tag) switch
        {
            null => null,
            { ValueRepresentation.IsString: true } => holder.TryGetValues<string>(tag, out var texts) && Parsed(texts, NumberText.Integer) is [var only] ? only : null,
            _ => Number(tag, group) is { } number and >= int.MinValue and <= int.MaxValue && number == Math.Truncate(number) ? (int)number : null,
        };
    }

    /// <summary>
    /// Whether <paramref name="tag"/> is there but isn't <paramref name="count"/> numbers. An empty value counts too: only type 2 and 3
    /// attributes may be empty (PS3.5 7.4), which none is that pixels or their places hang on.
    /// </summary>
    public bool IsUnreadable(DicomTag tag, DicomTag? group = null, int count = 1) =>
        Holder(tag, group).Contains(tag) && Numbers(tag, group).Length != count;

    /// <summary>The first item of a sequence inside a functional group, or at the top; null if there is none.</summary>
    public DicomDataset? Item(DicomTag sequence, DicomTag? group = null) => FirstItem(Holder(sequence, group), sequence);

    /// <summary>The first item of a functional group itself, the frame's own before the shared one before the top; null if there is none.</summary>
    public DicomDataset? FrameItem(DicomTag group)
    {
        var own = dataset.TryGetSequence(DicomTag.PerFrameFunctionalGroupsSequence, out var frames) && frame < frames.Items.Count
            ? FirstItem(frames.Items[frame], group)
            : null;
        return own ?? FirstItem(FirstItem(dataset, DicomTag.SharedFunctionalGroupsSequence), group) ?? FirstItem(dataset, group);
    }

    /// <summary>A number of a private block at the object's top, by its creator and the last byte of its element number; null if absent.</summary>
    public double? PrivateNumber(string creator, ushort group, byte element)
    {
        foreach (var item in dataset)
        {
            if (item.Tag.Group > group)
            {
                break;
            }

            if (item.Tag.Group == group && item.Tag.Element > 0xFF && (byte)item.Tag.Element == element
                && item.Tag.PrivateCreator?.Creator == creator && item is DicomElement { Buffer: { Size: < LargestValue } buffer } number)
            {
                double? value = number.ValueRepresentation.IsString ? NumberText.Decimal(number.Get<string>())
                    : buffer.Size == sizeof(float) ? BitConverter.ToSingle(buffer.Data)
                    : buffer.Size == sizeof(double) ? BitConverter.ToDouble(buffer.Data)
                    : null;
                return value is { } finite && double.IsFinite(finite) ? finite : null;
            }
        }

        return null;
    }

    /// <summary>The first value of a private element at the object's top as text, whatever VR it was read with; null if absent.</summary>
    public string? PrivateText(string creator, ushort group, byte element)
    {
        foreach (var item in dataset)
        {
            if (item.Tag.Group > group)
            {
                break;
            }

            if (item.Tag.Group == group && item.Tag.Element > 0xFF && (byte)item.Tag.Element == element
                && item.Tag.PrivateCreator?.Creator == creator && item is DicomElement { Buffer: { Size: < LargestText, Data: var bytes } })
            {
                return Encoding.ASCII.GetString(bytes).Split('\\')[0].Trim(' ', '\0');
            }
        }

        return null;
    }

    private static DicomElement? Element(DicomDataset holder, DicomTag tag) =>
        holder.Contains(tag) && holder.GetDicomItem<DicomItem>(tag) is DicomElement { Buffer.Size: < LargestValue } element ? element : null;

    private static double[] Binary(DicomElement element)
    {
        var values = new double[element.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = element.Get<double>(i);
        }

        return values.All(double.IsFinite) ? values : [];
    }

    private static T[] Parsed<T>(string[] texts, Func<string, T?> parse)
        where T : struct
    {
        var numbers = new T[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (parse(texts[i] ?? "") is not { } number)
            {
                return [];
            }

            numbers[i] = number;
        }

        return numbers;
    }

    private static DicomDataset? FirstItem(DicomDataset? dataset, DicomTag sequence) =>
        dataset is not null && dataset.TryGetSequence(sequence, out var items) && items.Items.Count > 0 ? items.Items[0] : null;

    private DicomDataset Holder(DicomTag tag, DicomTag? group)
    {
        if (group is null)
        {
            return dataset;
        }

        var own = dataset.TryGetSequence(DicomTag.PerFrameFunctionalGroupsSequence, out var frames) && frame < frames.Items.Count
            ? FirstItem(frames.Items[frame], group)
            : null;
        if (own is not null && own.Contains(tag))
        {
            return own;
        }

        var shared = FirstItem(FirstItem(dataset, DicomTag.SharedFunctionalGroupsSequence), group);
        return shared is not null && shared.Contains(tag) ? shared : dataset;
    }
}
