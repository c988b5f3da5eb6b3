using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>Elements that stand in for others.</summary>
internal static class Replacement
{
    /// <summary>What a text says that had to say something.</summary>
    public const string Dummy = "REMOVED";

    /// <summary>The element without a value; null for one that holds no text, which goes.</summary>
    public static DicomItem? Empty(DicomItem item) => item.ValueRepresentation.IsString ? Text(item, "") : null;

    /// <summary>A value that says nothing, valid for the element's representation (PS3.5 6.2); null for one that holds no text, which goes.</summary>
    public static DicomItem? Of(DicomItem item) => item.ValueRepresentation.Code switch
    {
        "DA" => Text(item, "19000101"),
        "DT" => Text(item, "19000101000000"),
        "TM" => Text(item, "000000"),
        "AS" => Text(item, "000Y"),
        "DS" or "IS" => Text(item, "0"),
        "UI" => Text(item, "2.25.0"),
        "UR" => Text(item, "urn:removed"),
        var code when IsText(code) => Text(item, Dummy),
        _ => null,
    };

    /// <summary>The element with other texts.</summary>
    public static DicomItem Text(DicomItem item, params string[] values) =>
        new DicomDataset().NotValidated().Add(item.ValueRepresentation, item.Tag, values).GetDicomItem<DicomItem>(item.Tag);

    private static bool IsText(string code) => code is "AE" or "CS" or "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UT";
}
