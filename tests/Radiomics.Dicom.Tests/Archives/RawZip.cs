using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Radiomics.Dicom.Tests.Archives;

/// <summary>A zip whose every field can be made to lie.</summary>
internal sealed record RawZip(params IReadOnlyList<RawEntry> Entries)
{
    /// <summary>Added to the number of entries in the end record.</summary>
    public int CountedMore { get; init; }

    /// <summary>Added to where the end record says that the directory is.</summary>
    public int OffsetMore { get; init; }

    /// <summary>Number of the disk in the end record.</summary>
    public ushort Disk { get; init; }

    public byte[] Comment { get; init; } = [];

    /// <summary>Follows the end record and is no part of it.</summary>
    public byte[] Trailing { get; init; } = [];

    /// <summary>Whether sizes, counts and places have 64 bits.</summary>
    public bool IsZip64 { get; init; }

    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var places = Entries.Select(entry => Local(writer, entry)).ToArray();
        var directory = stream.Position;
        foreach (var (entry, place) in Entries.Zip(places))
        {
            Central(writer, entry, entry.Place ?? place);
        }

        var bytes = stream.Position - directory;
        var count = Entries.Count + CountedMore;
        if (IsZip64)
        {
            var end = stream.Position;
            writer.Write("PK\x06\x06"u8);
            writer.Write(44L);
            writer.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            writer.Write((long)count);
            writer.Write((long)count);
            writer.Write(bytes);
            writer.Write(directory + OffsetMore);
            writer.Write("PK\x06\x07"u8);
            writer.Write(0);
            writer.Write(end);
            writer.Write(1);
        }

        writer.Write("PK\x05\x06"u8);
        writer.Write(Disk);
        writer.Write(Disk);
        writer.Write(IsZip64 ? ushort.MaxValue : (ushort)count);
        writer.Write(IsZip64 ? ushort.MaxValue : (ushort)count);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)bytes);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)(directory + OffsetMore));
        writer.Write((ushort)Comment.Length);
        writer.Write(Comment);
        writer.Write(Trailing);
        return stream.ToArray();
    }

    private long Local(BinaryWriter writer, RawEntry entry)
    {
        var place = writer.BaseStream.Position;
        var name = Encoding.UTF8.GetBytes(entry.LocalName ?? entry.Name);
        var data = entry.Packed;
        var isLater = entry.SizesFollow;
        writer.Write("PK\x03\x04"u8);
        writer.Write((ushort)20);
        writer.Write((ushort)((entry.LocalFlags ?? entry.Flags) | (isLater ? 8 : 0)));
        writer.Write(entry.LocalMethod ?? entry.Method);
        writer.Write(0);
        writer.Write(isLater ? 0 : entry.LocalCrc32 ?? entry.DeclaredCrc32);
        writer.Write(isLater ? 0 : IsZip64 ? uint.MaxValue : (uint)entry.DeclaredStored);
        writer.Write(isLater ? 0 : IsZip64 ? uint.MaxValue : (uint)(entry.LocalLength ?? entry.DeclaredLength));
        var extra = IsZip64 && !isLater ? Extra(entry.LocalLength ?? entry.DeclaredLength, entry.DeclaredStored) : [];
        writer.Write((ushort)name.Length);
        writer.Write((ushort)extra.Length);
        writer.Write(name);
        writer.Write(extra);
        writer.Write(data);
        if (isLater)
        {
            writer.Write("PK\x07\x08"u8);
            writer.Write(entry.DeclaredCrc32);
            writer.Write((uint)entry.DeclaredStored);
            writer.Write((uint)entry.DeclaredLength);
        }

        return place;
    }

    private void Central(BinaryWriter writer, RawEntry entry, long place)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var extra = IsZip64 ? Extra(entry.DeclaredLength, entry.DeclaredStored, place) : [];
        writer.Write("PK\x01\x02"u8);
        writer.Write((ushort)20);
        writer.Write((ushort)20);
        writer.Write((ushort)(entry.Flags | (entry.SizesFollow ? 8 : 0)));
        writer.Write(entry.Method);
        writer.Write(0);
        writer.Write(entry.DeclaredCrc32);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)entry.DeclaredStored);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)entry.DeclaredLength);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)extra.Length);
        writer.Write([0, 0, 0, 0, 0, 0]);
        writer.Write(entry.Attributes);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)place);
        writer.Write(name);
        writer.Write(extra);
    }

    private static byte[] Extra(params IEnumerable<long> values)
    {
        byte[] bytes = [.. values.SelectMany(BitConverter.GetBytes)];
        return [1, 0, .. BitConverter.GetBytes((ushort)bytes.Length), .. bytes];
    }
}

/// <summary>An entry, and what its headers say of it where that isn't so.</summary>
internal sealed record RawEntry(string Name, byte[] Content)
{
    private byte[]? _packed;

    /// <summary>0: stored; 8: deflated; 9: deflated by the method of larger windows, here in blocks that are stored.</summary>
    public ushort Method { get; init; } = 8;

    public ushort Flags { get; init; }

    public bool SizesFollow { get; init; }

    public uint Attributes { get; init; }

    /// <summary>The bytes in the archive, if they aren't what the content packs to.</summary>
    public byte[] Packed
    {
        get => _packed ??= Pack();
        init => _packed = value;
    }

    public uint? Crc32 { get; init; }

    public long? Length { get; init; }

    public long? Stored { get; init; }

    public string? LocalName { get; init; }

    public ushort? LocalMethod { get; init; }

    public ushort? LocalFlags { get; init; }

    public uint? LocalCrc32 { get; init; }

    public long? LocalLength { get; init; }

    /// <summary>Where the directory says that the entry starts.</summary>
    public long? Place { get; init; }

    public uint DeclaredCrc32 => Crc32 ?? System.IO.Hashing.Crc32.HashToUInt32(Content);

    public long DeclaredLength => Length ?? Content.Length;

    public long DeclaredStored => Stored ?? Packed.Length;

    private byte[] Pack()
    {
        if (Method == 0)
        {
            return Content;
        }

        if (Method == 9)
        {
            return [.. Content.Chunk(ushort.MaxValue).SelectMany(block => (byte[])[0, .. BitConverter.GetBytes((ushort)block.Length), .. BitConverter.GetBytes((ushort)~block.Length), .. block]), 1, 0, 0, 0xFF, 0xFF];
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Content);
        }

        return packed.ToArray();
    }
}
