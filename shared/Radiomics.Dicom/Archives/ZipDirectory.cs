using System.Buffers.Binary;

namespace Radiomics.Dicom;

/// <summary>The compression methods of a zip's entries, which the runtime's own reader keeps to itself.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>
    /// The method of each entry, in the order of the central directory (APPNOTE.TXT 4.3.12); none where it isn't found. The stream's position is put back.
    /// </summary>
    public static IReadOnlyList<ZipMethod> Methods(Stream zip)
    {
        var position = zip.Position;
        try
        {
            return Find(zip) is { } directory ? Read(zip, directory) : [];
        }
        finally
        {
            zip.Position = position;
        }
    }

    /// <summary>Where the directory starts: 32 bits in the end record, 64 in the record before it where they don't suffice.</summary>
    private static long? Find(Stream zip)
    {
        var tail = new byte[Math.Min(zip.Length, EndLength + LongestComment)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (offset != uint.MaxValue)
        {
            return offset;
        }

        var locator = tail.AsSpan(0, end).LastIndexOf("PK\x06\x07"u8);
        if (locator < 0 || end - locator < 20)
        {
            return null;
        }

        var record = new byte[56];
        zip.Position = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8)), 0, zip.Length);
        return zip.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length
            ? BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48))
            : null;
    }

    private static IReadOnlyList<ZipMethod> Read(Stream zip, long directory)
    {
        if (directory < 0 || directory > zip.Length)
        {
            return [];
        }

        zip.Position = directory;
        var methods = new List<ZipMethod>();
        var header = new byte[EntryLength];
        while (zip.ReadAtLeast(header, EntryLength, throwOnEndOfStream: false) == EntryLength && header.AsSpan().StartsWith("PK\x01\x02"u8))
        {
            methods.Add((ZipMethod)BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10)));
            var rest = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
            zip.Position += rest;
        }

        return methods;
    }
}
