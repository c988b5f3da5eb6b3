namespace Radiomics.Dicom;

/// <summary>A file of an upload as it is read, forwards.</summary>
internal interface IEntryStream
{
    /// <summary>Bytes of the file, as its archive or file system says; null if neither does.</summary>
    long? KnownLength { get; }

    /// <summary>Refuses what says of itself that it is too large to be held. To be asked before it is.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>.</exception>
    void Admit();
}
