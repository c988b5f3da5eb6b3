using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>A concept and the scheme that defines it (PS3.3 8.1).</summary>
/// <param name="Value">Code value; one of more than 16 characters is written as a LongCodeValue.</param>
/// <param name="Scheme">Coding scheme designator, e.g. <c>DCM</c>, <c>SCT</c>, <c>UCUM</c>, <c>IBSI</c>.</param>
/// <param name="Meaning">What it means, in English; at most 64 characters.</param>
public sealed record CodedEntry(string Value, string Scheme, string Meaning)
{
    /// <summary>Scheme of the concepts that nobody else has a code for (PS3.16 8.2: <c>99</c> and a name of one's own).</summary>
    public const string OwnScheme = "99RADIOMICS";

    private const int LongestCodeValue = 16;

    /// <summary>A code sequence with this concept as its only item (PS3.3 8.8).</summary>
    internal DicomSequence ToSequence(DicomTag tag) => new(tag, ToItem());

    /// <summary>The item of such a sequence.</summary>
    internal DicomDataset ToItem() => new()
    {
        { Value.Length > LongestCodeValue ? DicomTag.LongCodeValue : DicomTag.CodeValue, Value },
        { DicomTag.CodingSchemeDesignator, Scheme },
        { DicomTag.CodeMeaning, Meaning },
    };
}
