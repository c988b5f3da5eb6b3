using System.Globalization;
using FellowOakDicom;

namespace Radiomics.Dicom.Phantom;

/// <summary>What all instances of a simulated study share: patient, study, frame of reference, equipment. Dates are fixed, so that bytes are too.</summary>
internal static class PhantomHeader
{
    public const string Date = "20250101";
    public const string Time = "120000";

    /// <summary>A new data set with the modules Patient, General Study, General Series, Frame of Reference, General Equipment and SOP Common (PS3.3 C.7, C.12).</summary>
    public static DicomDataset Create(
        PhantomSettings settings, PhantomUids uids, DicomUID sopClass, string modality, string series, int seriesNumber, string description, int instance)
    {
        var protocol = settings.ResolveProtocol();
        var seed = settings.Seed.ToString(CultureInfo.InvariantCulture);
        return new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
            { DicomTag.SOPClassUID, sopClass.UID },
            { DicomTag.SOPInstanceUID, uids.Instance(series, instance) },
            { DicomTag.InstanceCreationDate, Date },
            { DicomTag.InstanceCreationTime, Time },
            { DicomTag.PatientName, settings.PatientName ?? $"PHANTOM^{settings.Center}^{seed}" },
            { DicomTag.PatientID, settings.PatientID ?? $"PHANTOM-{settings.Center}-{seed}" },
            { DicomTag.PatientBirthDate, string.Empty },
            { DicomTag.PatientSex, "O" },
            { DicomTag.StudyInstanceUID, uids.Study },
            { DicomTag.StudyDate, Date },
            { DicomTag.StudyTime, Time },
            { DicomTag.StudyID, "1" },
            { DicomTag.StudyDescription, "Synthetic liver iron phantom" },
            { DicomTag.AccessionNumber, string.Empty },
            { DicomTag.ReferringPhysicianName, string.Empty },
            { DicomTag.Modality, modality },
            { DicomTag.SeriesInstanceUID, uids.Series(series) },
            { DicomTag.SeriesNumber, seriesNumber.ToString(CultureInfo.InvariantCulture) },
            { DicomTag.SeriesDate, Date },
            { DicomTag.SeriesTime, Time },
            { DicomTag.SeriesDescription, description },
            { DicomTag.BodyPartExamined, "LIVER" },
            { DicomTag.PatientPosition, "HFS" },
            { DicomTag.FrameOfReferenceUID, uids.FrameOfReference },
            { DicomTag.PositionReferenceIndicator, string.Empty },
            { DicomTag.Manufacturer, protocol.Manufacturer },
            { DicomTag.ManufacturerModelName, protocol.ManufacturerModelName },
            { DicomTag.DeviceSerialNumber, "0" },
            { DicomTag.SoftwareVersions, protocol.SoftwareVersions },
        };
    }

    /// <summary>A code sequence of one item (PS3.3 8.8).</summary>
    public static DicomSequence Code(DicomTag tag, string value, string scheme, string meaning) => new(tag, new DicomDataset
    {
        { DicomTag.CodeValue, value },
        { DicomTag.CodingSchemeDesignator, scheme },
        { DicomTag.CodeMeaning, meaning },
    });
}
