namespace Radiomics.Dicom;

/// <summary>An entry of a zip, as its directory and its own header both say.</summary>
/// <param name="Number">Place in the directory, from 0.</param>
/// <param name="Name">Name as written.</param>
/// <param name="Method">How it is compressed.</param>
/// <param name="IsEncrypted">Whether it needs a password.</param>
/// <param name="Crc32">Checksum of its content.</param>
/// <param name="StoredBytes">Bytes in the archive.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="DataOffset">Where its bytes start.</param>
internal sealed record ZipEntry(int Number, string Name, ZipMethod Method, bool IsEncrypted, uint Crc32, long StoredBytes, long Length, long DataOffset)
{
    /// <summary>Where its bytes end.</summary>
    public long DataEnd => DataOffset + StoredBytes;
}
