using System.Text;
using FellowOakDicom.IO;
using FellowOakDicom.IO.Reader;
using FellowOakDicom.IO.Writer;

namespace FellowOakDicom;

/// <summary>A dataset with the meta information of a file (PS3.10).</summary>
public class DicomFile
{
    public DicomFile()
    {
        FileMetaInfo = new DicomFileMetaInformation();
        Dataset = new DicomDataset();
        Format = DicomFileFormat.DICOM3;
    }

    /// <exception cref="DicomDataException">The dataset has no SOPClassUID or SOPInstanceUID.</exception>
    public DicomFile(DicomDataset dataset)
    {
        Dataset = dataset;
        FileMetaInfo = new DicomFileMetaInformation(dataset);
        Format = DicomFileFormat.DICOM3;
    }

    /// <summary>Where the file was opened or saved; null for a stream.</summary>
    public IFileReference? File { get; protected set; }

    public DicomFileFormat Format { get; protected set; }

    public DicomFileMetaInformation FileMetaInfo { get; protected set; }

    public DicomDataset Dataset { get; protected set; }

    /// <summary>True if reading was stopped, or the bytes ended within an element; that element is left out.</summary>
    public bool IsPartial { get; protected set; }

    /// <exception cref="DicomFileException">There is no such file, or it isn't a DICOM file.</exception>
    public static DicomFile Open(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        Open(fileName, DicomEncoding.Default, null, readOption, largeObjectSize);

    /// <param name="fallbackEncoding">For text where SpecificCharacterSet is missing.</param>
    /// <param name="stop">Ends the reading before the first tag it is true for.</param>
    /// <inheritdoc cref="Open(string, FileReadOption, int)"/>
    public static DicomFile Open(
        string fileName, Encoding fallbackEncoding, Func<ParseState, bool>? stop = null, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        ArgumentNullException.ThrowIfNull(fallbackEncoding);
        var file = new DicomFile { File = new FileReference(fileName) };
        return file.Guarded(() =>
        {
            using var stream = file.File.OpenRead();
            file.Read(new ByteSource(stream, readOption, largeObjectSize, file.File), fallbackEncoding, stop);
        });
    }

    /// <summary>Reads a stream from where it is; a seekable one must stay open for as long as large values are read from it.</summary>
    /// <exception cref="DicomFileException">The bytes aren't a DICOM file.</exception>
    public static DicomFile Open(Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        Open(stream, DicomEncoding.Default, null, readOption, largeObjectSize);

    /// <param name="fallbackEncoding">For text where SpecificCharacterSet is missing.</param>
    /// <param name="stop">Ends the reading before the first tag it is true for.</param>
    /// <inheritdoc cref="Open(Stream, FileReadOption, int)"/>
    public static DicomFile Open(
        Stream stream, Encoding fallbackEncoding, Func<ParseState, bool>? stop = null, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        ArgumentNullException.ThrowIfNull(fallbackEncoding);
        var file = new DicomFile();
        return file.Guarded(() => file.Read(new ByteSource(stream, readOption, largeObjectSize), fallbackEncoding, stop));
    }

    /// <inheritdoc cref="Open(string, FileReadOption, int)"/>
    public static Task<DicomFile> OpenAsync(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        OpenAsync(fileName, DicomEncoding.Default, null, readOption, largeObjectSize);

    /// <inheritdoc cref="Open(string, Encoding, Func{ParseState, bool}, FileReadOption, int)"/>
    public static Task<DicomFile> OpenAsync(
        string fileName, Encoding fallbackEncoding, Func<ParseState, bool>? stop = null, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        ArgumentNullException.ThrowIfNull(fallbackEncoding);
        return Task.Run(() => Open(fileName, fallbackEncoding, stop, readOption, largeObjectSize));
    }

    /// <inheritdoc cref="Open(Stream, FileReadOption, int)"/>
    public static Task<DicomFile> OpenAsync(Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        OpenAsync(stream, DicomEncoding.Default, null, readOption, largeObjectSize);

    /// <inheritdoc cref="Open(Stream, Encoding, Func{ParseState, bool}, FileReadOption, int)"/>
    public static async Task<DicomFile> OpenAsync(
        Stream stream, Encoding fallbackEncoding, Func<ParseState, bool>? stop = null, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        ArgumentNullException.ThrowIfNull(fallbackEncoding);
        if (stream.CanSeek)
            return Open(stream, fallbackEncoding, stop, readOption, largeObjectSize);

        // A network stream may refuse synchronous reads.
        var buffered = new MemoryStream();
        await stream.CopyToAsync(buffered).ConfigureAwait(false);
        buffered.Position = 0;
        return Open(buffered, fallbackEncoding, stop, readOption, largeObjectSize);
    }

    /// <summary>True if the file has the preamble of PS3.10; false if it can't be read.</summary>
    public static bool HasValidHeader(string path)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(path);
            Span<byte> start = stackalloc byte[132];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[128..].SequenceEqual("DICM"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Writes the file anew.</summary>
    public void Save(string fileName, DicomWriteOptions? options = null)
    {
        PrepareSave();
        File = new FileReference(fileName);
        File.Delete();
        OnSave();
        using var stream = System.IO.File.Create(fileName);
        FileWriter.Write(stream, FileMetaInfo, Dataset, options ?? DicomWriteOptions.Default);
    }

    public void Save(Stream stream, DicomWriteOptions? options = null)
    {
        PrepareSave();
        OnSave();
        FileWriter.Write(stream, FileMetaInfo, Dataset, options ?? DicomWriteOptions.Default);
    }

    /// <inheritdoc cref="Save(string, DicomWriteOptions)"/>
    public async Task SaveAsync(string fileName, DicomWriteOptions? options = null)
    {
        PrepareSave();
        File = new FileReference(fileName);
        File.Delete();
        OnSave();
        var stream = System.IO.File.Create(fileName);
        await using (stream.ConfigureAwait(false))
            await FileWriter.WriteAsync(stream, FileMetaInfo, Dataset, options ?? DicomWriteOptions.Default).ConfigureAwait(false);
    }

    public Task SaveAsync(Stream stream, DicomWriteOptions? options = null)
    {
        PrepareSave();
        OnSave();
        return FileWriter.WriteAsync(stream, FileMetaInfo, Dataset, options ?? DicomWriteOptions.Default);
    }

    public override string ToString() => $"DICOM File [{Format}]";

    /// <exception cref="DicomFileException">The result says that there is no DICOM file.</exception>
    protected static void HandleOpenError(DicomFile dicomFile, DicomReaderResult result)
    {
        if (result == DicomReaderResult.Processing)
            throw new DicomFileException(dicomFile, $"Failed to parse {dicomFile} - probably not a valid DICOM file");
        if (result == DicomReaderResult.Error)
            throw new DicomFileException(dicomFile, $"Not a valid DICOM file: {dicomFile}");
    }

    /// <summary>Called before the file is written.</summary>
    protected virtual void OnSave()
    {
    }

    private DicomFile Guarded(Action read)
    {
        try
        {
            read();
            return this;
        }
        catch (Exception e)
        {
            throw new DicomFileException(this, e.Message, e);
        }
    }

    private void Read(ByteSource source, Encoding fallbackEncoding, Func<ParseState, bool>? stop)
    {
        var reader = new FileReader(source, stop);
        var fallback = new[] { fallbackEncoding };
        Dataset.FallbackEncodings = fallback;
        Dataset.ValidateItems = false;
        var result = reader.Read(FileMetaInfo, Dataset, fallback);
        Dataset.ValidateItems = true;

        HandleOpenError(this, result);
        IsPartial = result is DicomReaderResult.Stopped or DicomReaderResult.Suspended;
        Format = reader.Format;
        Dataset.InternalTransferSyntax = reader.Syntax;
    }

    private void PrepareSave()
    {
        if (Format is DicomFileFormat.ACRNEMA1 or DicomFileFormat.ACRNEMA2)
            throw new DicomFileException(this, "Unable to save ACR-NEMA file");
        FileMetaInfo = Format == DicomFileFormat.DICOM3NoFileMetaInfo
            ? new DicomFileMetaInformation(Dataset)
            : new DicomFileMetaInformation(FileMetaInfo);
    }
}
