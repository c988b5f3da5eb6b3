using System.IO.Compression;
using System.Text;

namespace Radiomics.Dicom;

/// <summary>
/// A file of an upload where it can be sought in: a small one in memory, a larger one in a temporary file, so that the memory an upload takes doesn't grow with what it unpacks to.
/// One object serves file after file.
/// </summary>
internal sealed class EntryContent(IStudySource source)
{
    /// <summary>Larger files go to the disk. A slice has a hundredth of it, and most objects of many frames fit.</summary>
    public const int MostInMemory = 16 << 20;

    /// <summary>As much of a file on the disk as is looked at from outside: further than any preamble, meta information or magic number reaches.</summary>
    private const int HeadBytes = 1 << 20;

    private const int PieceBytes = 1 << 16;

    private static readonly byte[] _plainSyntax = Encoding.ASCII.GetBytes("1.2.840.10008.1.2.1\0");

    private readonly MemoryStream _memory = new();
    private byte[] _head = [];
    private Stream? _file;
    private bool _isOnDisk;

    /// <summary>The content, to be read until the next file is loaded.</summary>
    public Stream Stream => _isOnDisk ? _file! : _memory;

    /// <summary>Bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Whether it is too large for the memory.</summary>
    public bool IsLarge => _isOnDisk;

    /// <summary>All of a small file, the first megabyte of a large one.</summary>
    public ReadOnlySpan<byte> Head => _isOnDisk ? _head : _memory.GetBuffer().AsSpan(0, (int)_memory.Length);

    /// <summary>Whether <see cref="Head"/> is all of it.</summary>
    public bool IsHeadWhole => !_isOnDisk;

    /// <summary>Takes in a file.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>, <c>ArchiveDamaged</c>.</exception>
    public void Load(int entry)
    {
        using var stream = source.Open(entry);
        (stream as IEntryStream)?.Admit();
        Begin();
        Copy(stream, _ => { });
        End();
    }

    /// <summary>Takes in what a file with a deflated data set (PS3.5 A.5) says, as a file with a plain one.</summary>
    /// <param name="deflated">The file.</param>
    /// <param name="meta">Its meta information.</param>
    /// <param name="entry">Its number, for counting what comes out of it.</param>
    /// <exception cref="InvalidDataException">It can't be inflated.</exception>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>.</exception>
    public void LoadInflated(EntryContent deflated, DeflatedMeta meta, int entry)
    {
        Begin();
        Append(meta.Rewritten(deflated.Head, _plainSyntax));
        var stored = deflated.Length - meta.DatasetFrom;
        deflated.Stream.Position = meta.DatasetFrom;
        using var inflater = new DeflateStream(deflated.Stream, CompressionMode.Decompress, leaveOpen: true);
        Copy(inflater, inflated => source.CountInflated(entry, inflated, stored));
        End();
    }

    /// <summary>The last bytes, as many as asked for or as there are.</summary>
    public byte[] Tail(int count)
    {
        var tail = new byte[Math.Min(count, Length)];
        var position = Stream.Position;
        Stream.Position = Length - tail.Length;
        Stream.ReadExactly(tail);
        Stream.Position = position;
        return tail;
    }

    /// <summary>Counts something wherever it is.</summary>
    /// <param name="countIn">Counts it in a part.</param>
    /// <param name="longest">Bytes that it has at most; what is shorter may be counted twice.</param>
    /// <param name="enough">As many need no further look.</param>
    public int Count(Func<ReadOnlySpan<byte>, int> countIn, int longest, int enough)
    {
        if (IsHeadWhole)
        {
            return countIn(Head);
        }

        var piece = new byte[PieceBytes];
        var (kept, found, position) = (0, 0, Stream.Position);
        Stream.Position = 0;
        for (int count; found < enough && (count = Stream.Read(piece, kept, piece.Length - kept)) > 0;)
        {
            var filled = piece.AsSpan(0, kept + count);
            found += countIn(filled);
            kept = Math.Min(longest - 1, filled.Length);
            filled[^kept..].CopyTo(piece);
        }

        Stream.Position = position;
        return found;
    }

    /// <summary>Leaves the temporary file to whoever reads from it, and takes another one for the next file.</summary>
    public void Keep()
    {
        if (_isOnDisk)
        {
            source.CountKept(Length);
            _file = null;
        }
    }

    private void Begin()
    {
        _isOnDisk = false;
        _memory.SetLength(0);
    }

    private void Copy(Stream from, Action<long> count)
    {
        var piece = new byte[PieceBytes];
        var copied = 0L;
        for (int read; (read = from.Read(piece)) > 0;)
        {
            count(copied += read);
            Append(piece.AsSpan(0, read));
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (!_isOnDisk && _memory.Length + bytes.Length > MostInMemory)
        {
            _file ??= source.CreateTemporary();
            _file.SetLength(0);
            _memory.WriteTo(_file);
            _memory.SetLength(0);
            _isOnDisk = true;
        }

        Stream.Write(bytes);
    }

    private void End()
    {
        if (_isOnDisk)
        {
            _head = _head.Length == HeadBytes ? _head : new byte[HeadBytes];
            _file!.Position = 0;
            _file.ReadExactly(_head);
        }

        Length = Stream.Length;
        Stream.Position = 0;
    }
}
