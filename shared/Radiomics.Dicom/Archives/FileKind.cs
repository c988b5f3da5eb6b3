using System.Buffers.Binary;

namespace Radiomics.Dicom;

/// <summary>What a file that isn't DICOM is by its first bytes, as far as it matters whether a study may be in it.</summary>
internal static class FileKind
{
    private const int TarMagic = 257;
    private const int IsoMagic = 0x8001;
    private const int NiftiHeader = 348;
    private const int NiftiMagic = 344;

    /// <summary>What the first entry of a zip is called that is a document or a program.</summary>
    private static readonly byte[][] _documents = [.. new[] { "[Content_Types].xml", "_rels/", "docProps/", "mimetype", "META-INF/" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The kind of archive; null if it is none. Documents and programs that are zips inside are no archives.</summary>
    /// <param name="bytes">The file's start, or all of it.</param>
    public static string? Archive(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\x03\x04"u8) ? IsDocument(bytes) ? null : "zip"
        : bytes is [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, ..] ? "7z"
        : bytes.StartsWith("Rar!\x1A\x07"u8) ? "RAR"
        : bytes is [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, ..] ? "XZ"
        : bytes is [0x28, 0xB5, 0x2F, 0xFD, ..] ? "Zstandard"
        : bytes.StartsWith("BZh"u8) && bytes.Length > 10 && bytes[4..].StartsWith("1AY&SY"u8) ? "bzip2"
        : IsGzip(bytes) ? "gzip"
        : Has(bytes, TarMagic, "ustar"u8) ? "tar"
        : Has(bytes, IsoMagic, "CD001"u8) ? "ISO image"
        : null;

    /// <summary>Whether it is a NIfTI file, or a gzip, as which NIfTI files come.</summary>
    public static bool MayBeNifti(ReadOnlySpan<byte> bytes) =>
        IsGzip(bytes)
        || (bytes.Length >= NiftiHeader
            && (BinaryPrimitives.ReadInt32LittleEndian(bytes) == NiftiHeader || BinaryPrimitives.ReadInt32BigEndian(bytes) == NiftiHeader)
            && (Has(bytes, NiftiMagic, "n+1\0"u8) || Has(bytes, NiftiMagic, "ni1\0"u8)));

    /// <summary>Whether a file without the mark of DICOM may be DICOM all the same: a library takes one whose first element is of a low group (PS3.5 7.1), in either byte order.</summary>
    public static bool MayBeDicom(ReadOnlySpan<byte> bytes) => bytes is [_, 0, ..] or [0, _, ..];

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, 8, ..];

    private static bool Has(ReadOnlySpan<byte> bytes, int at, ReadOnlySpan<byte> magic) => bytes.Length >= at + magic.Length && bytes[at..].StartsWith(magic);

    private static bool IsDocument(ReadOnlySpan<byte> zip)
    {
        const int nameAt = 30; // of a local header (APPNOTE.TXT 4.3.7)
        foreach (var name in _documents)
        {
            if (Has(zip, nameAt, name))
            {
                return true;
            }
        }

        return false;
    }
}
