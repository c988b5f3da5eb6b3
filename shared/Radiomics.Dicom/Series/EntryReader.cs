using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads files of an upload through one buffer, or for large ones one temporary file, that is used again and again.</summary>
internal sealed class EntryReader(IStudySource source)
{
    // Real objects nest a few levels deep; a library may follow a file's nesting until the stack, and with it the process, is gone.
    private const int MaxDepth = 64;

    // Each takes a library objects of some hundred bytes, though it may have eight in the file. Ten thousand frames of a segmentation have three hundred thousand, five thousand of an enhanced
    // MR image half a million. An item, which is a dataset, takes twice as much, and counts twice.
    private const int MaxElements = 650_000;
    private const int ElementsOfAnItem = 2;
    private const int LeastBytes = 8;
    private const ushort Delimiters = 0xFFFE;

    // A file of zeros is one element again and again; no object has one twice.
    private const int MaxRepeated = 1_000;

    // The tag of an item, in either byte order.
    private static readonly byte[] _item = [0xFE, 0xFF, 0x00, 0xE0];
    private static readonly byte[] _bigEndianItem = [0xFF, 0xFE, 0xE0, 0x00];

    // After the last fragment of compressed pixel data (PS3.5 A.4).
    private static readonly byte[] _delimiter = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];

    // A smaller file is inflated whole nearly as fast as its start.
    private const int LargeFile = 1 << 15;
    private const int LargeValue = 1 << 14;

    // Values of files that lie on the disk, which may be many.
    private const int LargeValueOnDisk = 1 << 12;

    private readonly EntryContent _content = new(source);
    private readonly EntryContent _inflated = new(source);
    private readonly StartOfFile _start = new();

    /// <summary>Whoever reads a file, service, tool or test, has the decoders.</summary>
    static EntryReader() => DicomCodecs.Register();

    /// <summary>The upload.</summary>
    public IStudySource Source => source;

    /// <summary>Bytes of the file read last.</summary>
    public long Length => _content.Length;

    /// <summary>Whether the file read last says that it is a DICOM file (PS3.10 7.1).</summary>
    public bool HasDicomPrefix => IsMarked(_content.Head);

    /// <summary>Whether the file read last goes on after its pixel data. What the standard has there (PS3.10 7.2, PS3.3 C.12.1.1.3) doesn't count.</summary>
    public bool HasTrailing { get; private set; }

    /// <summary>The kind of archive that the file read last by <see cref="InspectHeaders"/> is; null if it is none.</summary>
    public string? Archive { get; private set; }

    /// <summary>Reads and parses a file; null if it isn't DICOM. Large values, and all those of a large file, are there until the next file is read.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>: it says that it is DICOM, but can't be read to its end; <c>ArchiveTooLarge</c>, <c>ArchiveDamaged</c>.</exception>
    public DicomFile? Read(int entry)
    {
        var file = Inspect(entry, out var isDamaged);
        return isDamaged ? throw Truncated() : file;
    }

    /// <summary>
    /// Reads and parses a file as far as it can be; null if it isn't DICOM, or not even its start can be read. What follows its pixel data
    /// (padding, signatures) is passed over.
    /// </summary>
    /// <param name="entry">The file.</param>
    /// <param name="isDamaged">Whether it says that it is DICOM, but ends early, nests without end or can't be read to its end.</param>
    /// <param name="isKept">Whether its values are still asked for when other files are read.</param>
    /// <exception cref="RadiomicsException">
    /// <c>PixelDataTruncated</c>: its meta information is such that no library should be asked to follow it; <c>ArchiveTooLarge</c>, <c>ArchiveDamaged</c>.
    /// </exception>
    public DicomFile? Inspect(int entry, out bool isDamaged, bool isKept = false)
    {
        (HasTrailing, isDamaged) = (false, false);
        _content.Load(entry);
        var content = Plain(entry);
        var (option, large) = content.IsLarge ? (FileReadOption.ReadLargeOnDemand, LargeValueOnDisk) : (isKept ? FileReadOption.ReadAll : FileReadOption.ReadLargeOnDemand, LargeValue);
        var progress = new Progress(Items(content) * ElementsOfAnItem);
        if (progress.IsTooMuch)
        {
            isDamaged = HasDicomPrefix;
            return null;
        }

        try
        {
            var file = DicomFile.Open(content.Stream, DicomEncoding.Default, progress.IsEnough, option, large);
            isDamaged = HasDicomPrefix && (progress.IsTooMuch || (file.IsPartial && !progress.IsBeyondPixels && !EndsWithPixels(file, progress, content)));
            HasTrailing = file.IsPartial && !isDamaged && progress.HasPixels && !progress.IsStandardTrailer;
            return progress.IsTooMuch && !isDamaged ? null : file;
        }
        catch (Exception e) when (IsAboutContent(e))
        {
            isDamaged = HasDicomPrefix;
            return isDamaged && e is DicomFileException { File: { } start } ? start : null;
        }
        finally
        {
            if (isKept)
            {
                content.Keep();
            }
        }
    }

    /// <summary>
    /// The same for a file's headers: large values, pixels above all, are known by their size only, and aren't inflated where the headers are plain
    /// and the archive says that the file is long enough. What the pixels are is found when they are read. A large file that can be no DICOM isn't read.
    /// </summary>
    /// <inheritdoc cref="Inspect"/>
    public DicomFile? InspectHeaders(int entry, out bool isDamaged)
    {
        (isDamaged, HasTrailing, Archive) = (false, false, null);
        using (var stream = source.Open(entry))
        {
            if (stream is IEntryStream { KnownLength: >= LargeFile and var length })
            {
                var start = _start.Begin(stream, length);
                Archive = IsMarked(start) ? null : FileKind.Archive(start);
                if (Archive is not null || (!IsMarked(start) && (FileKind.MayBeNifti(start) || !FileKind.MayBeDicom(start))))
                {
                    return null; // read no further: it may be as large as the whole study
                }

                if (HeadersOf(start) is { } headers)
                {
                    return headers; // the parser has come to the end that the archive gives
                }
            }
        }

        var file = Inspect(entry, out isDamaged);
        Archive = HasDicomPrefix ? null : FileKind.Archive(_content.Head);
        return file;
    }

    /// <summary>Parses the start of a file; null if anything about it asks for a closer look.</summary>
    private DicomFile? HeadersOf(ReadOnlySpan<byte> bytes)
    {
        var progress = new Progress(0);
        try
        {
            if (FileMeta.Read(bytes).PlainFrom is not { } dataset || bytes.Length - dataset < 8)
            {
                return null;
            }

            var file = DicomFile.Open(_start, DicomEncoding.Default, progress.IsEnough, FileReadOption.ReadLargeOnDemand, LargeValue);
            return !file.IsPartial && progress.HasPixels && HasRead(file.Dataset, isTop: true) ? file : null;
        }
        catch (Exception e) when (IsAboutContent(e))
        {
            return null;
        }
    }

    private static bool IsMarked(ReadOnlySpan<byte> file) => file.Length >= 132 && file[128..132].SequenceEqual("DICM"u8);

    /// <summary>Whether all values are in memory but native pixels at the top: nothing can be read when the file is closed.</summary>
    private static bool HasRead(DicomDataset dataset, bool isTop) => dataset.All(item => item switch
    {
        DicomSequence sequence => sequence.Items.All(part => HasRead(part, isTop: false)),
        DicomElement element => element.Buffer.IsMemory || (isTop && item.Tag == DicomTag.PixelData),
        _ => false,
    });

    /// <summary>Whether the pixel data is whole and too few bytes follow for another element: one to three, or those of a shorter delimiter.</summary>
    private static bool EndsWithPixels(DicomFile file, Progress progress, EntryContent content)
    {
        if (!progress.HasPixels || !file.Dataset.Contains(DicomTag.PixelData))
        {
            return false;
        }

        const int lessThanATag = 3;
        return file.Dataset.GetDicomItem<DicomItem>(DicomTag.PixelData) is not DicomFragmentSequence
            || content.Tail(_delimiter.Length + lessThanATag).AsSpan().IndexOf(_delimiter) >= 0;
    }

    /// <summary>
    /// The file as a parser may have it: what a deflated data set inflates to is counted and put where there is room for it, which no parser does. Asked first is, what none asks: whether the file
    /// meta information nests.
    /// </summary>
    private EntryContent Plain(int entry)
    {
        var meta = FileMeta.Read(_content.Head);
        if (meta.Nests || (meta.IsInOtherEncoding && !_content.IsHeadWhole && _content.Count(part => FileMeta.NamesDeflated(part) ? 1 : 0, FileMeta.LongestDeflated, enough: 1) > 0))
        {
            throw Truncated();
        }

        if (meta.Deflated is not { } deflated)
        {
            return _content;
        }

        try
        {
            _inflated.LoadInflated(_content, deflated, entry);
            return _inflated;
        }
        catch (InvalidDataException e)
        {
            throw Truncated(e);
        }
    }

    /// <summary>
    /// Items of sequences and fragments, of which no parser asks before it takes memory for them, as far as they may be too many. Pixels look like one once in four billion bytes.
    /// </summary>
    private static int Items(EntryContent content) => content.Length / LeastBytes * ElementsOfAnItem <= MaxElements
        ? 0
        : content.Count(part => part.Count(_item) + part.Count(_bigEndianItem), _item.Length, enough: MaxElements);

    /// <summary>Whether a parser's exception says something about the bytes, and not about this process or a finding of ours.</summary>
    public static bool IsAboutContent(Exception e) =>
        e is not (RadiomicsException or OutOfMemoryException or TypeInitializationException or DllNotFoundException or BadImageFormatException);

    /// <summary>What a library makes of a dataset, where its exceptions say that the dataset is damaged.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>.</exception>
    public static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsAboutContent(e))
        {
            throw Truncated(e);
        }
    }

    public static RadiomicsException Truncated(Exception? inner = null) =>
        new("PixelDataTruncated", "A DICOM file of the upload is damaged or ends before its pixel data does. Export the study again and send it again.", inner);

    /// <summary>Follows a parser from tag to tag.</summary>
    /// <param name="elements">How many count as known before.</param>
    private sealed class Progress(int elements)
    {
        private int _elements = elements;
        private int _repeated;

        /// <summary>Whether it nests too deep, or has more elements and items than any object.</summary>
        public bool IsTooMuch { get; private set; } = elements > MaxElements;

        public bool HasPixels { get; private set; }

        public bool IsBeyondPixels { get; private set; }

        /// <summary>Whether an element that the standard has behind the pixel data follows it: trailing padding, or digital signatures.</summary>
        public bool IsStandardTrailer { get; private set; }

        /// <summary>Called before each element: true ends the reading there.</summary>
        public bool IsEnough(ParseState state)
        {
            _repeated += state.PreviousTag == state.Tag && state.SequenceDepth == 0 ? 1 : 0;
            // What ends an item or a sequence takes no memory.
            _elements += state.Tag.Group == Delimiters ? 0 : 1;
            IsTooMuch |= state.SequenceDepth > MaxDepth || _elements > MaxElements || _repeated > MaxRepeated;
            if (state.SequenceDepth == 0)
            {
                IsBeyondPixels = HasPixels;
                IsStandardTrailer = HasPixels && (state.Tag == DicomTag.DataSetTrailingPadding || state.Tag == DicomTag.DigitalSignaturesSequence);
                HasPixels |= state.Tag == DicomTag.PixelData;
            }

            return IsTooMuch || IsBeyondPixels;
        }
    }
}
