using System.Buffers.Binary;

namespace Radiomics.Dicom;

/// <summary>
/// What must be known of a file's meta information (group 0002, PS3.10 7.1) before a library parses the file: libraries follow nesting
/// and inflate deflated datasets without asking how far.
/// </summary>
internal readonly record struct FileMeta
{
    /// <summary>Bytes of the longest UID that <see cref="NamesDeflated"/> looks for.</summary>
    public const int LongestDeflated = 23;

    private static readonly byte[][] _deflated = [.. new[]
    {
        "1.2.840.10008.1.2.1.99", // Deflated Explicit VR Little Endian
        "1.2.840.10008.1.2.4.95", // JPIP Referenced Deflate
        "1.2.840.10008.1.2.4.205", // JPIP HTJ2K Referenced Deflate
    }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>
    /// Whether it has a sequence or a value of undefined length, which the standard doesn't allow there. A file that names a deflated
    /// transfer syntax in another encoding than the standard's counts too: nobody could say where its dataset starts.
    /// </summary>
    public bool Nests { get; private init; }

    /// <summary>What is deflated, and where that is said; null if nothing is.</summary>
    public DeflatedMeta? Deflated { get; private init; }

    /// <summary>Whether nobody can say where the meta information ends, since it isn't in the standard's encoding.</summary>
    public bool IsInOtherEncoding { get; private init; }

    /// <summary>Where the dataset starts, if that is beyond doubt and it isn't deflated; null otherwise.</summary>
    public int? PlainFrom { get; private init; }

    /// <summary>Reads <paramref name="file"/> as far as its meta information goes; nothing is found in a file without it.</summary>
    public static FileMeta Read(ReadOnlySpan<byte> file)
    {
        var at = file.Length >= 132 && file[128..132].SequenceEqual("DICM"u8) ? 132 : 0;
        if (at == 0 && file is not ([2, 0, ..] or [0, 2, ..]))
        {
            return default;
        }

        var start = at;

        // A library tells the encoding from the first element: without the standard's group length it may read on otherwise than is done here.
        var isStandard = file[at..].StartsWith("\u0002\0\0\0UL\u0004\0"u8);
        var (syntaxFrom, isShort) = (-1, false);
        while (file.Length - at >= 8 && BinaryPrimitives.ReadUInt16LittleEndian(file[at..]) == 2)
        {
            var element = file[at..];
            var header = HeaderLength(element.Slice(4, 2));
            if (header == 0 || element.Length < header)
            {
                return InOtherEncoding(file);
            }

            var length = header == 8 ? BinaryPrimitives.ReadUInt16LittleEndian(element[6..]) : BinaryPrimitives.ReadUInt32LittleEndian(element[8..]);
            if (element.Slice(4, 2).SequenceEqual("SQ"u8) || length == uint.MaxValue)
            {
                return new FileMeta { Nests = true };
            }

            if (length > element.Length - header)
            {
                return InOtherEncoding(file);
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(element[2..]) == 0x0010 && NamesDeflated(element.Slice(header, (int)length)))
            {
                (syntaxFrom, isShort) = (at, header == 8);
            }

            at += header + (int)length;
        }

        return syntaxFrom >= 0 ? new FileMeta { Deflated = new(syntaxFrom, isShort, isStandard ? start + 8 : null, at) }
            : isStandard ? new FileMeta { PlainFrom = at }
            : InOtherEncoding(file);
    }

    private static FileMeta InOtherEncoding(ReadOnlySpan<byte> file) => new() { Nests = NamesDeflated(file), IsInOtherEncoding = true };

    /// <summary>Whether bytes name a transfer syntax with deflated data sets.</summary>
    public static bool NamesDeflated(ReadOnlySpan<byte> bytes)
    {
        foreach (var uid in _deflated)
        {
            if (bytes.IndexOf(uid) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Bytes before an element's value in explicit VR (PS3.5 7.1.2); 0 if <paramref name="vr"/> is none.</summary>
    private static int HeaderLength(ReadOnlySpan<byte> vr) => (vr[0], vr[1]) switch
    {
        ((byte)'O', (byte)'B' or (byte)'D' or (byte)'F' or (byte)'L' or (byte)'V' or (byte)'W') => 12,
        ((byte)'U', (byte)'C' or (byte)'N' or (byte)'R' or (byte)'T' or (byte)'V') => 12,
        ((byte)'S', (byte)'Q' or (byte)'V') => 12,
        ((byte)'A', (byte)'E' or (byte)'S' or (byte)'T') => 8,
        ((byte)'C', (byte)'S') => 8,
        ((byte)'D', (byte)'A' or (byte)'S' or (byte)'T') => 8,
        ((byte)'F', (byte)'L' or (byte)'D') => 8,
        ((byte)'I', (byte)'S') => 8,
        ((byte)'L', (byte)'O' or (byte)'T') => 8,
        ((byte)'P', (byte)'N') => 8,
        ((byte)'S', (byte)'H' or (byte)'L' or (byte)'S' or (byte)'T') => 8,
        ((byte)'T', (byte)'M') => 8,
        ((byte)'U', (byte)'I' or (byte)'L' or (byte)'S') => 8,
        _ => 0,
    };
}
