using System.Text;
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

    /// <summary>The same study in an archive of other bytes: another upload.</summary>
    public static byte[] Commented(byte[] zip, string comment)
    {
        byte[] commented = [.. zip, .. Encoding.ASCII.GetBytes(comment)];
        BitConverter.TryWriteBytes(commented.AsSpan(zip.Length - 2), (ushort)comment.Length);
        return commented;
    }
}
