using System.IO.Compression;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads files of an upload through one buffer that is used again and again.</summary>
internal sealed class EntryReader(IStudySource source)
{
    // Real objects nest a few levels deep; a library may follow a file's nesting until the stack, and with it the process, is gone.
    private const int MaxDepth = 64;

    private readonly MemoryStream _buffer = new();

    /// <summary>The bytes of the file read last.</summary>
    public ReadOnlySpan<byte> Content => _buffer.GetBuffer().AsSpan(0, (int)_buffer.Length);

    /// <summary>Whether the file read last says that it is a DICOM file (PS3.10 7.1).</summary>
    public bool HasDicomPrefix => Content.Length >= 132 && Content[128..132].SequenceEqual("DICM"u8);

    /// <summary>Reads and parses a file; null if it isn't DICOM.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>: it says that it is DICOM, but can't be read to its end; <c>ArchiveTooLarge</c>.</exception>
    public DicomFile? Read(int entry)
    {
        _buffer.SetLength(0);
        using (var stream = source.Open(entry))
        {
            stream.CopyTo(_buffer);
        }

        EnsureBounded(entry);
        _buffer.Position = 0;
        try
        {
            var tooDeep = false;
            var file = DicomFile.Open(_buffer, DicomEncoding.Default, state => tooDeep |= state.SequenceDepth > MaxDepth, FileReadOption.ReadAll);
            if ((tooDeep || file.IsPartial) && HasDicomPrefix)
            {
                throw Truncated();
            }

            return tooDeep ? null : file;
        }
        catch (Exception e) when (IsAboutContent(e))
        {
            return HasDicomPrefix ? throw Truncated(e) : null;
        }
    }

    /// <summary>Asks what no parser asks: whether the file meta information nests, and how much a deflated dataset inflates to.</summary>
    private void EnsureBounded(int entry)
    {
        var meta = FileMeta.Read(Content);
        if (meta.Nests)
        {
            throw Truncated();
        }

        if (meta.DeflatedFrom is not { } start)
        {
            return;
        }

        using var deflated = new MemoryStream(_buffer.GetBuffer(), start, (int)_buffer.Length - start);
        using var inflater = new DeflateStream(deflated, CompressionMode.Decompress);
        var piece = new byte[1 << 16];
        try
        {
            long inflated = 0;
            for (int count; (count = inflater.Read(piece)) > 0;)
            {
                inflated += count;
                source.CountInflated(entry, inflated, deflated.Length);
            }
        }
        catch (InvalidDataException e)
        {
            throw Truncated(e);
        }
    }

    /// <summary>Whether a parser's exception says something about the bytes, and not about this process or a finding of ours.</summary>
    public static bool IsAboutContent(Exception e) =>
        e is not (RadiomicsException or OutOfMemoryException or TypeInitializationException or DllNotFoundException or BadImageFormatException);

    public static RadiomicsException Truncated(Exception? inner = null) =>
        new("PixelDataTruncated", "A DICOM file of the upload is damaged or ends before its pixel data does. Export the study again and send it again.", inner);
}
