namespace Radiomics.Dicom;

/// <summary>How an entry of a zip is compressed (APPNOTE.TXT 4.4.5).</summary>
internal enum ZipMethod
{
    Stored = 0,
    Deflate = 8,
    Deflate64 = 9,
    BZip2 = 12,
    Lzma = 14,
    Zstandard = 93,
    Xz = 95,
    PPMd = 98,

    /// <summary>AES-encrypted: the field says no more.</summary>
    Encrypted = 99,
}

/// <summary>What is done with a method.</summary>
internal static class ZipMethods
{
    /// <summary>Whether entries of it are read.</summary>
    public static bool IsRead(this ZipMethod method) => method is ZipMethod.Stored or ZipMethod.Deflate or ZipMethod.Deflate64;

    /// <summary>What people call it.</summary>
    public static string Name(this ZipMethod method) => method switch
    {
        ZipMethod.BZip2 => "bzip2",
        ZipMethod.Lzma => "LZMA",
        ZipMethod.Xz => "XZ",
        ZipMethod.Zstandard or ZipMethod.PPMd => method.ToString(),
        _ => $"method {(int)method}",
    };
}
