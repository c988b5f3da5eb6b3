namespace FellowOakDicom.IO.Writer;

/// <summary>How many bytes items take when written.</summary>
internal static class LengthCalculator
{
    private const int ItemHeader = 8;

    public static long Of(DicomDataset dataset, DicomTransferSyntax syntax, DicomWriteOptions options) => dataset.Sum(i => Of(i, syntax, options));

    public static long Of(DicomItem item, DicomTransferSyntax syntax, DicomWriteOptions options) => item switch
    {
        DicomElement element => Header(item.ValueRepresentation, element.Length, syntax) + element.Length,
        DicomFragmentSequence fragments => Header(item.ValueRepresentation, 0, syntax) + (2 * ItemHeader)
            + (4L * fragments.OffsetTable.Count) + fragments.Fragments.Sum(f => ItemHeader + f.Size),
        DicomSequence sequence => Header(DicomVR.SQ, 0, syntax) + Content(sequence, syntax, options) + (SaysLength(sequence, options) ? 0 : ItemHeader),
        _ => 0,
    };

    /// <summary>A sequence's items, without what ends it.</summary>
    public static long Content(DicomSequence sequence, DicomTransferSyntax syntax, DicomWriteOptions options) =>
        sequence.Items.Sum(i => ItemHeader + Of(i, syntax, options) + (options.ExplicitLengthSequenceItems ? 0 : ItemHeader));

    public static bool SaysLength(DicomSequence sequence, DicomWriteOptions options) => options.ExplicitLengthSequences || sequence.Tag.IsPrivate;

    /// <summary>A value too long for its VR's 16 bits is written as UN (CP-1066).</summary>
    public static DicomVR Written(DicomVR vr, uint length) => vr.Is16bitLength && length > 0xfffe ? DicomVR.UN : vr;

    private static int Header(DicomVR vr, uint length, DicomTransferSyntax syntax) =>
        syntax.IsExplicitVR && !Written(vr, length).Is16bitLength ? 12 : 8;
}
