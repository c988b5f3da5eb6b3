using System.Collections.Frozen;
using System.Globalization;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// What becomes of each attribute by the Basic Application Level Confidentiality Profile with the Modified Dates and Clean Descriptors Options
/// (PS3.15 Table E.1-1; the table's codes are data beside this file).
/// </summary>
internal static class ConfidentialityProfile
{
    private static readonly FrozenDictionary<string, Row> _rows = EmbeddedText.Rows("Deidentification.confidentiality-profile.csv")
        .ToFrozenDictionary(fields => fields[0], fields => new Row(fields[2], fields[3] == "C", fields[4] == "C"), StringComparer.Ordinal);

    /// <summary>What becomes of an attribute; <see cref="ConfidentialityAction.Keep"/> if the table doesn't name it.</summary>
    public static ConfidentialityAction ActionOf(DicomTag tag, DicomVR vr)
    {
        if (tag.IsPrivate)
        {
            return ConfidentialityAction.Remove;
        }

        return Find(tag) is { } row ? ActionOf(row, vr) : ConfidentialityAction.Keep;
    }

    private static ConfidentialityAction ActionOf(Row row, DicomVR vr) => row switch
    {
        // Whole days are moved, so that a time of day tells no more than it did.
        { ModifiedDates: true } when vr == DicomVR.TM => ConfidentialityAction.Keep,
        { ModifiedDates: true } when vr == DicomVR.DA || vr == DicomVR.DT => ConfidentialityAction.Shift,
        { CleanDescriptors: true } when vr.IsString => ConfidentialityAction.Clean,
        _ when vr == DicomVR.SQ => row.Basic switch
        {
            // Objects that refer to each other go on doing so, under mapped UIDs; what a document must have is cleaned inside.
            "X/Z/U*" or "D" => ConfidentialityAction.Keep,
            "X" or "X/D" => ConfidentialityAction.Remove,
            _ => ConfidentialityAction.Empty,
        },

        // Of several codes the one that leaves the object valid whatever its type requires.
        _ => row.Basic switch
        {
            "X" => ConfidentialityAction.Remove,
            "U" => ConfidentialityAction.MapUid,
            "Z" or "X/Z" => ConfidentialityAction.Empty,
            _ => ConfidentialityAction.Replace,
        },
    };

    private static Row? Find(DicomTag tag)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{tag.Group:x4}{tag.Element:x4}");
        return _rows.GetValueOrDefault(name) ?? (name[..2] switch
        {
            "50" => _rows.GetValueOrDefault("50xxxxxx"),
            "60" => _rows.GetValueOrDefault($"60xx{name[4..]}"),
            _ => null,
        });
    }

    private sealed record Row(string Basic, bool ModifiedDates, bool CleanDescriptors);
}
