namespace Radiomics.Dicom;

/// <summary>
/// The files of one upload, by number: their names hold patient names, so nothing beyond ingest sees them. Made by <see cref="ZipStudySource"/>,
/// <see cref="FolderStudySource"/> and <see cref="ListedStudySource"/>.
/// </summary>
public interface IStudySource
{
    /// <summary>How much it may hold.</summary>
    ArchiveLimits Limits { get; }

    /// <summary>
    /// Number of files that may be DICOM; folders, the known clutter (DICOMDIR, <c>__MACOSX</c>, <c>.DS_Store</c> …) and <see cref="Unopened"/> are left out.
    /// </summary>
    int Count { get; }

    /// <summary>
    /// Opens file <paramref name="index"/> for reading from its start; may be called again. The limits hold while it is read.
    /// </summary>
    /// <exception cref="Extraction.RadiomicsException">
    /// <c>ArchiveDamaged</c>, <c>ArchiveTooLarge</c>; also thrown by the stream's reads.
    /// </exception>
    Stream Open(int index);

    /// <summary>
    /// The file's own name, without folders. It may hold a patient's name: something to choose by, never to be written anywhere.
    /// </summary>
    string NameOf(int index);

    /// <summary>The files that may be DICOM but can't be opened.</summary>
    IReadOnlyList<UnopenedFile> Unopened { get; }

    /// <summary>What is odd about the upload but doesn't matter, for the sender.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// Counts what a file holds deflated inside it against the limits: <paramref name="inflated"/> bytes so far, of
    /// <paramref name="deflated"/>.
    /// </summary>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>.</exception>
    void CountInflated(int index, long inflated, long deflated);

    /// <summary>Makes a file for what is too large to be held in memory; it goes with the source.</summary>
    Stream CreateTemporary();

    /// <summary>Counts what stays in such a file, which isn't used again, against the limits.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>.</exception>
    void CountKept(long bytes);

    /// <summary>
    /// Reads what hasn't been read to its end, and so checks that every file is what was packed: to be asked before anything that was read of them, or that they were left out, counts.
    /// </summary>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveDamaged</c>, <c>ArchiveTooLarge</c>.</exception>
    void EnsureIntact();
}
