using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>Texts of a dataset's top as they are written.</summary>
internal static class DatasetText
{
    /// <summary>The text of <paramref name="tag"/>, several values with backslashes between them, without the padding around it; empty if absent.</summary>
    public static string TextOf(this DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out var text) ? (text ?? "").Trim('\0', ' ') : "";
}
