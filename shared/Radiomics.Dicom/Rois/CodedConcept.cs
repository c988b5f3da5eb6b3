using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>A concept by code (PS3.3 8): which scheme, and which value in it.</summary>
internal sealed record CodedConcept(string Scheme, string Value)
{
    // The same concepts under names that the schemes had or have (PS3.16 8.2).
    private static readonly Dictionary<string, string> _schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["2.16.840.1.113883.6.96"] = "SCT",
        ["SNOMEDCT"] = "SCT",
        ["99SDM"] = "SRT",
        ["SNM3"] = "SRT",
    };

    private static readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase) { "SCT", "SRT", "FMA", "UMLS", "RADLEX", "NCIt", "DCM" };

    // Said of anything that is drawn, by tools whose user chose nothing.
    private static readonly HashSet<string> _general =
    [
        "SCT 85756007", "SRT T-D0050", // tissue
        "SCT 91723000", "SCT 123037004", "SRT T-D000A", "SCT 442083009", // anatomical structure
        "SCT 113343008", "SRT T-D0008", "SCT 91832008", // organ
        "DCM 111099", // selected region
    ];

    /// <summary>Whether the code is one of a scheme that anybody can look up, and says more than that something was drawn.</summary>
    public bool IsTelling => _known.Contains(Scheme) && !_general.Contains(ToString());

    /// <summary>The codes of a sequence's items.</summary>
    public static IEnumerable<CodedConcept> In(DicomDataset dataset, DicomTag sequence)
    {
        if (!dataset.TryGetSequence(sequence, out var items))
        {
            yield break;
        }

        foreach (var item in items.Items)
        {
            var facts = new FrameAttributes(item, 0);
            if (facts.Text(DicomTag.CodingSchemeDesignator) is { } scheme
                && (facts.Text(DicomTag.CodeValue) ?? facts.Text(DicomTag.LongCodeValue)) is { } value)
            {
                yield return new CodedConcept(_schemes.GetValueOrDefault(scheme, scheme), value);
            }
        }
    }

    /// <summary>As profiles write it: <c>SCT 10200004</c>.</summary>
    public override string ToString() => $"{Scheme} {Value}";
}
