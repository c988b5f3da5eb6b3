using Radiomics.Dicom.Phantom;

namespace Benchmarks;

/// <summary>The patient that every benchmark looks at, and studies of others.</summary>
internal static class Phantoms
{
    public static PhantomSettings Settings { get; } = new() { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 12, Seed = 7 };

    /// <summary>A patient's study as it is sent.</summary>
    public static async Task<byte[]> ZipAsync(PhantomSettings patient)
    {
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(patient), patient, zip);
        return zip.ToArray();
    }
}
