using System.IO.Compression;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Browser.Tests;

/// <summary>Small synthetic studies as zips.</summary>
internal static class Phantom
{
    /// <summary>A study of four sequences.</summary>
    /// <param name="seed">The patient.</param>
    /// <param name="center">The center.</param>
    /// <param name="fieldStrength">The scanner.</param>
    /// <param name="edit">Changes a sequence's volume before it is written.</param>
    public static async Task<byte[]> ZipAsync(int seed, string center = "A", string fieldStrength = "3.0T", Action<Volume>? edit = null)
    {
        var settings = new PhantomSettings { Center = center, FieldStrength = fieldStrength, LiverIronConcentration = 12, Seed = seed }.WithSize(64, 24);
        var volumes = LiverPhantom.Generate(settings);
        foreach (var volume in volumes.Sequences.Values)
            edit?.Invoke(volume);
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(volumes, settings, zip);
        return zip.ToArray();
    }

    /// <summary>The study without the files whose names begin so.</summary>
    public static byte[] Without(byte[] zip, string prefix)
    {
        using var stream = new MemoryStream();
        stream.Write(zip);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith(prefix, StringComparison.Ordinal)).ToList())
                entry.Delete();
        }

        return stream.ToArray();
    }

    /// <summary>The study as a folder.</summary>
    public static void Extract(byte[] zip, string folder) => ZipFile.ExtractToDirectory(new MemoryStream(zip), folder);
}
