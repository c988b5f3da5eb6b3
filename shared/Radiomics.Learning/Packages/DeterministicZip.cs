using System.IO.Compression;

namespace Radiomics.Learning;

/// <summary>Zip archives whose bytes depend on names and contents alone: ordinal order, one fixed time, no compression.</summary>
internal static class DeterministicZip
{
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = FixedTime;
                entry.ExternalAttributes = 0;
                using var target = entry.Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Writes an archive anew, so that its clock and order go; ML.NET's model files need it.</summary>
    public static byte[] Normalise(Stream zip) => Write(Read(zip, long.MaxValue));

    /// <summary>Reads all files; at most <paramref name="limit"/> bytes in all.</summary>
    /// <exception cref="InvalidDataException">Not a zip, a name twice, or too large.</exception>
    public static Dictionary<string, byte[]> Read(Stream stream, long limit)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            limit -= entry.Length;
            if (limit < 0)
            {
                throw new InvalidDataException("The archive is too large.");
            }

            var content = new byte[entry.Length];
            using var source = entry.Open();
            source.ReadExactly(content);
            if (!files.TryAdd(entry.FullName.Replace('\\', '/'), content))
            {
                throw new InvalidDataException("A file is in the archive twice.");
            }
        }

        return files;
    }
}
