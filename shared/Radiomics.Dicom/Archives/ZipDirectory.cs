using System.Buffers.Binary;
using System.Text;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// The directory of a zip, read here and not by the runtime, whose reader takes what it says on trust: it keeps an object for as many entries as come, checks no checksum, and
/// follows the directory where an entry's own header says something else. What the limits bound is counted before memory is taken for it.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const int LongestComment = ushort.MaxValue;
    private const int LongestName = 4096;
    private const ushort Encrypted = 1;
    private const ushort SizesFollow = 1 << 3;

    /// <summary>The entries in the order of the directory (APPNOTE.TXT 4.3.12), each held against its own header.</summary>
    /// <param name="zip">The archive; its position is of no matter.</param>
    /// <param name="budget">Refuses too many.</param>
    /// <exception cref="RadiomicsException"><c>NotAZip</c>, <c>ArchiveDamaged</c>, <c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public static IReadOnlyList<ZipEntry> Read(Stream zip, ArchiveBudget budget)
    {
        var directory = Find(zip);
        budget.Entries(directory.Entries);
        if (directory.Offset < 0 || directory.Bytes < 0 || directory.Offset > directory.End - directory.Bytes || directory.Bytes < directory.Entries * (long)EntryLength)
        {
            throw NotAZip();
        }

        var central = new CentralHeader[directory.Entries];
        using (var part = new BufferedStream(new PartStream(zip, directory.Offset, directory.Bytes), 1 << 16))
        {
            for (var n = 0; n < central.Length; n++)
            {
                central[n] = CentralHeader.Read(part);
            }

            // Nothing but a signature (4.3.13) may follow: more entries than are counted would be files that nobody looks at.
            var rest = new byte[4];
            if (part.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) > 0 && !rest.AsSpan().SequenceEqual("PK\x05\x05"u8))
            {
                throw Damaged("its directory holds something else than the entries that it counts");
            }
        }

        var entries = new ZipEntry[central.Length];
        foreach (var (n, header) in central.Index())
        {
            entries[n] = Located(zip, n, header, directory.Offset);
        }

        EnsureApart(entries);
        return entries;
    }

    public static RadiomicsException NotAZip(Exception? inner = null) => new(
        "NotAZip",
        "The upload is not a zip archive that can be read to its end: it is another kind of file, or was cut short. Pack the study again and send it again.",
        inner);

    /// <summary>The refusal of an archive whose bytes aren't those that were packed.</summary>
    /// <param name="what">What is wrong, as a sentence without its end.</param>
    /// <param name="inner">What told so.</param>
    public static RadiomicsException Damaged(string what, Exception? inner = null) => new(
        "ArchiveDamaged",
        $"The archive is damaged: {what}. Something changed it after it was packed, on a disk or on its way. Pack the study again and send it again.",
        inner);

    /// <summary>Where the directory lies: 16 and 32 bits in the end record (4.3.16), 64 in the record before it where they don't suffice (4.3.14).</summary>
    private static Place Find(Stream zip)
    {
        var tail = new byte[Math.Min(zip.Length, EndLength + LongestComment)];
        var start = zip.Length - tail.Length;
        Fill(zip, start, tail);
        var at = EndOf(tail);
        if (at < 0)
        {
            throw NotAZip();
        }

        var end = tail.AsSpan(at);
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long bytes = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var isWhole = BinaryPrimitives.ReadUInt16LittleEndian(end[4..]) is 0 or ushort.MaxValue && BinaryPrimitives.ReadUInt16LittleEndian(end[8..]) == entries;
        var directoryEnd = start + at;
        if (entries == ushort.MaxValue || bytes == uint.MaxValue || offset == uint.MaxValue)
        {
            var locator = tail.AsSpan(0, at).LastIndexOf("PK\x06\x07"u8);
            if (locator >= 0 && at - locator >= 20)
            {
                var record = new byte[56];
                directoryEnd = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8));
                if (directoryEnd < 0 || directoryEnd > zip.Length - record.Length)
                {
                    throw NotAZip();
                }

                Fill(zip, directoryEnd, record);
                entries = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32));
                isWhole = record.AsSpan().StartsWith("PK\x06\x06"u8) && BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(24)) == entries;
                bytes = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40));
                offset = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
            }
        }

        return isWhole && entries >= 0 ? new(entries, offset, bytes, directoryEnd) : throw NotAZip();
    }

    /// <summary>The last end record whose comment reaches to the end; if none does, the last.</summary>
    private static int EndOf(ReadOnlySpan<byte> tail)
    {
        var last = -1;
        for (var at = tail.LastIndexOf("PK\x05\x06"u8); at >= 0; at = tail[..at].LastIndexOf("PK\x05\x06"u8))
        {
            if (tail.Length - at >= EndLength)
            {
                last = last < 0 ? at : last;
                if (BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length - at - EndLength)
                {
                    return at;
                }
            }
        }

        return last;
    }

    /// <summary>Finds an entry's bytes by its own header (4.3.7), which must say what the directory says.</summary>
    private static ZipEntry Located(Stream zip, int number, CentralHeader header, long directory)
    {
        if (header.Offset < 0 || header.Offset > directory - LocalLength)
        {
            throw Damaged("the directory names a place outside of it");
        }

        var local = new byte[LocalLength];
        Fill(zip, header.Offset, local);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(6));
        var (nameLength, extraLength) = (BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)), BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28)));
        var data = header.Offset + LocalLength + nameLength + extraLength;
        if (!local.AsSpan().StartsWith("PK\x03\x04"u8)
            || ((flags ^ header.Flags) & Encrypted) != 0
            || BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(8)) != (ushort)header.Method
            || header.StoredBytes > directory - data)
        {
            throw Differ();
        }

        var entry = new ZipEntry(number, header.Name, header.Method, (flags & Encrypted) != 0, header.Crc32, header.StoredBytes, header.Length, data);
        if (entry.IsEncrypted)
        {
            return entry; // whose header may be masked (7.2)
        }

        var rest = new byte[nameLength + extraLength];
        Fill(zip, header.Offset + LocalLength, rest);
        var sizes = Sizes.Read(local.AsSpan(18), local.AsSpan(22), rest.AsSpan(nameLength));
        var crc32 = BinaryPrimitives.ReadUInt32LittleEndian(local.AsSpan(14));

        // Whoever packs without going back writes them behind the entry, and here nothing, or the same.
        var mayLack = (flags & SizesFollow) != 0;
        return rest.AsSpan(0, nameLength).SequenceEqual(header.RawName)
            && Agree(crc32, header.Crc32) && Agree(sizes.Stored, header.StoredBytes) && Agree(sizes.Length, header.Length)
            ? entry
            : throw Differ();

        bool Agree(long here, long there) => here == there || (mayLack && here is 0 or uint.MaxValue);
    }

    /// <summary>No byte of the archive belongs to two entries: else a small one could unpack to any size.</summary>
    private static void EnsureApart(IEnumerable<ZipEntry> entries)
    {
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.DataOffset))
        {
            if (entry.DataOffset < end)
            {
                throw Damaged("its entries overlap");
            }

            end = entry.DataEnd;
        }
    }

    private static RadiomicsException Differ() => Damaged("its directory and the entries' own headers contradict each other");

    private static void Fill(Stream zip, long at, Span<byte> bytes)
    {
        zip.Position = at;
        zip.ReadExactly(bytes);
    }

    private readonly record struct Place(long Entries, long Offset, long Bytes, long End);

    /// <summary>Both sizes of an entry: 32 bits, or 64 in an extra field where those are full (4.5.3).</summary>
    private readonly record struct Sizes(long Stored, long Length, long? Offset)
    {
        private const ushort Zip64 = 1;

        public static Sizes Read(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> length, ReadOnlySpan<byte> extra, uint offset = 0)
        {
            long storedBytes = BinaryPrimitives.ReadUInt32LittleEndian(stored);
            long lengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(length);
            long offsetBytes = offset;
            var field = FieldOf(extra);
            lengthBytes = Widened(lengthBytes, ref field);
            storedBytes = Widened(storedBytes, ref field);
            offsetBytes = Widened(offsetBytes, ref field);
            return new(storedBytes, lengthBytes, offsetBytes);
        }

        private static long Widened(long value, ref ReadOnlySpan<byte> field)
        {
            if (value != uint.MaxValue || field.Length < 8)
            {
                return value;
            }

            var wide = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
            return wide >= 0 ? wide : throw Damaged("an entry says that it has less than no bytes");
        }

        private static ReadOnlySpan<byte> FieldOf(ReadOnlySpan<byte> extra)
        {
            while (extra.Length >= 4)
            {
                int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
                if (length > extra.Length - 4)
                {
                    break;
                }

                if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64)
                {
                    return extra.Slice(4, length);
                }

                extra = extra[(4 + length)..];
            }

            return [];
        }
    }

    private sealed record CentralHeader(byte[] RawName, string Name, ushort Flags, ZipMethod Method, uint Crc32, long StoredBytes, long Length, long Offset)
    {
        public static CentralHeader Read(Stream directory)
        {
            var header = new byte[EntryLength];
            directory.ReadExactly(header);
            if (!header.AsSpan().StartsWith("PK\x01\x02"u8))
            {
                throw NotAZip();
            }

            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            var name = nameLength <= LongestName ? new byte[nameLength] : throw EntryNames.Unsafe();
            var extra = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30))];
            directory.ReadExactly(name);
            directory.ReadExactly(extra);
            directory.ReadExactly(new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32))]);
            var sizes = Sizes.Read(header.AsSpan(20), header.AsSpan(24), extra, BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(42)));
            return new(
                name,
                Encoding.UTF8.GetString(name),
                BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8)),
                (ZipMethod)BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10)),
                BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(16)),
                sizes.Stored,
                sizes.Length,
                sizes.Offset!.Value);
        }
    }
}
