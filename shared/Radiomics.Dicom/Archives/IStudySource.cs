namespace Radiomics.Dicom;

/// <summary>
/// The files of one upload, by number: their names hold patient names, so nothing beyond ingest sees them. Made by <see cref="ZipStudySource"/>,
/// <see cref="FolderStudySource"/> and <see cref="ListedStudySource"/>.
/// </summary>
public interface IStudySource
{
    /// <summary>
    /// Number of files that may be DICOM; folders, the known clutter (DICOMDIR, <c>__MACOSX</c>, <c>.DS_Store</c> …) and <see cref="Unopened"/> are left out.
    /// </summary>
    int Count { get; }

    /// <summary>
    /// Opens file <paramref name="index"/> for reading from its start; may be called again. The limits hold while it is read.
    /// </summary>
    /// <exception cref="Extraction.RadiomicsException">
    /// <c>NotAZip</c>, <c>ArchiveTooLarge</c>; also thrown by the stream's reads.
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
}
