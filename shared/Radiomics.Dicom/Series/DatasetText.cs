using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>Texts of a dataset's top as they are written.</summary>
internal static class DatasetText
{
    // No text that is asked for has as much; what has isn't read.
    private const int LargestValue = 1 << 20;

    /// <summary>The text of <paramref name="tag"/>, several values with backslashes between them, without the padding around it; empty if absent.</summary>
    public static string TextOf(this DicomDataset dataset, DicomTag tag) =>
        dataset.Contains(tag) && dataset.GetDicomItem<DicomItem>(tag) is DicomElement { Buffer.Size: < LargestValue } && dataset.TryGetString(tag, out var text)
            ? (text ?? "").Trim('\0', ' ')
            : "";
}
