namespace Radiomics.Dicom;

/// <summary>
/// A study that has passed every check which headers, geometry and ROI allow. Its sequences are read one at a time,
/// so that each volume can be stored and let go before the next.
/// </summary>
public sealed class IngestedStudy
{
    private readonly Func<IEnumerable<IngestedSequence>> _read;

    internal IngestedStudy(Func<IEnumerable<IngestedSequence>> read)
    {
        _read = read;
    }

    /// <summary>StudyInstanceUID, mapped.</summary>
    public required string StudyUid { get; init; }

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

    /// <summary>What was left out or assumed, for the sender; grows while <see cref="Sequences"/> is read. Names no patient.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Which series were taken and why the others weren't, as headers and region say.</summary>
    public required SelectionReport Selection { get; init; }

    /// <summary>Reads pixel data, a sequence per step; every enumeration reads the upload again.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>.</exception>
    public IEnumerable<IngestedSequence> Sequences => _read();
}
