using System.IO.Compression;
using System.Text;
using FellowOakDicom;
using Radiomics.Dicom.Phantom;

namespace Functions.Tests;

/// <summary>Small synthetic studies as zips.</summary>
internal static class PhantomStudy
{
    public static async Task<byte[]> ZipAsync(string fieldStrength, int seed, string center = "A")
    {
        var settings = new PhantomSettings { Center = center, FieldStrength = fieldStrength, LiverIronConcentration = 8, Seed = seed }.WithSize(48, 24);
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, zip);
        return zip.ToArray();
    }

    /// <summary>A study whose images don't say the field strength.</summary>
    public static async Task<byte[]> WithoutFieldStrengthAsync(int seed)
    {
        using var zip = new MemoryStream();
        await zip.WriteAsync(await ZipAsync("3.0T", seed));
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".dcm", StringComparison.Ordinal)))
            {
                await using var content = await entry.OpenAsync();
                using var copy = new MemoryStream();
                await content.CopyToAsync(copy);
                copy.Position = 0;
                var file = DicomFile.Open(copy, FileReadOption.ReadAll);
                file.Dataset.Remove(DicomTag.MagneticFieldStrength);
                content.SetLength(0);
                file.Save(content);
            }
        }

        return zip.ToArray();
    }

    /// <summary>The same study in an archive of other bytes: another upload.</summary>
    public static byte[] Commented(byte[] zip, string comment)
    {
        byte[] commented = [.. zip, .. Encoding.ASCII.GetBytes(comment)];
        BitConverter.TryWriteBytes(commented.AsSpan(zip.Length - 2), (ushort)comment.Length);
        return commented;
    }
}
