using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// Attributes of one frame, wherever the object keeps them: a multi-frame object in its per-frame or shared functional group (PS3.3
/// C.7.6.16),
/// a classic one at the top. Values that don't parse count as absent.
/// </summary>
internal sealed class FrameAttributes(DicomDataset dataset, int frame)
{
    /// <summary>Number of frames that have an item of their own; 0 in a classic object.</summary>
    public static int CountDescribed(DicomDataset dataset) =>
        dataset.TryGetSequence(DicomTag.PerFrameFunctionalGroupsSequence, out var frames) ? frames.Items.Count : 0;

    /// <summary>The text values of <paramref name="tag"/>, trimmed; empty if absent.</summary>
    public string[] Texts(DicomTag tag, DicomTag? group = null) =>
        Holder(tag, group).TryGetValues<string>(tag, out var values)
            ? [.. values.Select(value => (value ?? "").Trim()).Where(value => value.Length > 0)]
            : [];

    /// <summary>The first text value, trimmed; null if absent or empty.</summary>
    public string? Text(DicomTag tag, DicomTag? group = null) => Texts(tag, group).FirstOrDefault();

    /// <summary>All numbers of <paramref name="tag"/>; empty if absent or not finite.</summary>
    public double[] Numbers(DicomTag tag, DicomTag? group = null) =>
        Holder(tag, group).TryGetValues<double>(tag, out var values) && values.All(double.IsFinite) ? values : [];

    /// <summary>The first number; null if absent.</summary>
    public double? Number(DicomTag tag, DicomTag? group = null) => Numbers(tag, group) is [var first, ..] ? first : null;

    /// <summary>The first integer; null if absent.</summary>
    public int? Integer(DicomTag tag, DicomTag? group = null) =>
        Holder(tag, group).TryGetValue<int>(tag, 0, out var value) ? value : null;

    /// <summary>The first item of a sequence inside a functional group, or at the top; null if there is none.</summary>
    public DicomDataset? Item(DicomTag sequence, DicomTag? group = null) => FirstItem(Holder(sequence, group), sequence);

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
