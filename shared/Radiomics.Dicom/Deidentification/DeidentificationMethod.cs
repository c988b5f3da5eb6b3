using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>How an object says that its identity was removed (PS3.3 C.7.1.1 and C.12.1, PS3.15 E.1.1).</summary>
internal static class DeidentificationMethod
{
    private static readonly CodedEntry[] _codes =
    [
        new("113100", "DCM", "Basic Application Confidentiality Profile"),
        new("113105", "DCM", "Clean Descriptors Option"),
        new("113107", "DCM", "Retain Longitudinal Temporal Information Modified Dates Option"),
    ];

    /// <summary>Marks a dataset.</summary>
    public static void AddTo(DicomDataset dataset)
    {
        dataset.AddOrUpdate(DicomTag.PatientIdentityRemoved, "YES");
        dataset.AddOrUpdate(DicomTag.DeidentificationMethod, "Radiomics Functions: PS3.15 Annex E Basic Profile");
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.DeidentificationMethodCodeSequence,
            [.. _codes.Select(code => code.ToItem())]));
        dataset.AddOrUpdate(DicomTag.LongitudinalTemporalInformationModified, "MODIFIED");
    }
}
