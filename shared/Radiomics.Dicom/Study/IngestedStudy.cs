namespace Radiomics.Dicom;

/// <summary>
/// A study that has passed every check which headers, geometry and ROI allow. Its sequences are read one at a time,
/// so that each volume can be stored and let go before the next.
/// </summary>
public sealed class IngestedStudy
{
    private readonly Func<IEnumerable<IngestedSequence>> _read;
    private readonly Func<SelectionReport> _selection;

    internal IngestedStudy(Func<IEnumerable<IngestedSequence>> read, Func<SelectionReport> selection)
    {
        (_read, _selection) = (read, selection);
    }

    /// <summary>StudyInstanceUID, mapped.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Pseudonym of the patient; null if the headers name none.</summary>
    public required string? Patient { get; init; }

    /// <summary>Whom all objects of the upload name, those among them that weren't taken.</summary>
    public required UploadedPatients Named { get; init; }

    /// <summary>StudyDate moved by the patient's number of days; null if there is none.</summary>
    public required string? ShiftedStudyDate { get; init; }

    /// <summary>Where the region came from, under mapped UIDs; null if it is no DICOM object.</summary>
    public required SourceRegion? Region { get; init; }

    /// <summary>Class of the field strength, e.g. <c>3.0T</c>; null if unknown or in no class.</summary>
    public required string? FieldStrength { get; init; }

    /// <summary>Field strength, tesla; null if the headers don't say.</summary>
    public required double? MagneticFieldStrength { get; init; }

    /// <summary>The sequence that <see cref="IngestRequest.RequiredSequenceByFieldStrength"/> asks for; null if it is empty.</summary>
    public required string? RequiredSequence { get; init; }

    /// <summary>
    /// Names of the sequences that <see cref="Sequences"/> gives, in ordinal order, unless one turns out unreadable and isn't required.
    /// </summary>
    public required IReadOnlyList<string> SequenceNames { get; init; }

    /// <summary>What was left out or assumed, for the sender; complete once <see cref="Sequences"/> has been read. Names no patient.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Which series were taken and why the others weren't, as headers, region and the pixel data read so far say.</summary>
    public SelectionReport Selection => _selection();

    /// <summary>
    /// Reads pixel data, a sequence per step; every enumeration reads the upload again. A series that proves unreadable gives way to the next that may be the
    /// sequence; a sequence without any is left out, unless it is required or none is left.
    /// </summary>
    /// <exception cref="Extraction.RadiomicsException">
    /// <c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>, <c>UnsupportedPixelFormat</c>; where another series had already given way, why that had. After the last sequence
    /// <c>ArchiveDamaged</c>: some file of the upload isn't what was packed, and none of the sequences may be used.
    /// </exception>
    public IEnumerable<IngestedSequence> Sequences => _read();
}
