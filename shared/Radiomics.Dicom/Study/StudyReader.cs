namespace Radiomics.Dicom;

/// <summary>Reads an upload: which series it holds, what they are, where the ROI lies, and whether all of it can be used.</summary>
public static class StudyReader
{
    /// <summary>Version of what ingest makes of a study; changes whenever a stored volume or ROI may.</summary>
    public const string IngestVersion = "0.1.0";

    /// <summary>Reads headers and ROI and checks them; pixel data follows with <see cref="IngestedStudy.Sequences"/>, while <paramref name="source"/> is open.</summary>
    /// <exception cref="Extraction.RadiomicsException">
    /// <c>NotAZip</c>, <c>ArchiveTooLarge</c>, <c>NoDicom</c>, <c>SeveralPatients</c>, <c>SeveralStudies</c>, <c>WrongModality</c>, <c>DuplicateInstances</c>,
    /// <c>PixelDataTruncated</c>, <c>FieldStrengthUnknown</c>, <c>NoModelForFieldStrength</c>, <c>SequenceMissing</c>, <c>SliceMissing</c>,
    /// <c>GeometryUnusable</c>, <c>StudyHasNoRoi</c>, <c>FrameOfReferenceMismatch</c>, <c>RoiOutsideImage</c>.
    /// </exception>
    public static IngestedStudy Read(IStudySource source, IngestRules rules, UidKey key, IngestRequest request) =>
        throw new NotSupportedException();
}
