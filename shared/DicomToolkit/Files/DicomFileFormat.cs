namespace FellowOakDicom;

/// <summary>How much of the file format of PS3.10 a file has.</summary>
public enum DicomFileFormat
{
    Unknown,
    DICOM3,
    DICOM3NoPreamble,
    DICOM3NoFileMetaInfo,
    ACRNEMA1,
    ACRNEMA2,
}
