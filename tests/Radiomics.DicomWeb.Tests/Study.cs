using System.Collections.Concurrent;
using FellowOakDicom;
using Radiomics.Dicom.Phantom;

namespace Radiomics.DicomWeb.Tests;

/// <summary>A small synthetic study, each time of another patient.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Files">Its files by SOP instance UID.</param>
internal sealed record Study(string Uid, IReadOnlyDictionary<string, byte[]> Files)
{
    private static int s_seed = 400;

    public IEnumerable<StoreItem> Items => Files.Values.Select(file => StoreItem.FromBytes(new BinaryData(file)));

    public static async Task<Study> CreateAsync()
    {
        var settings = new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 8, Seed = Interlocked.Increment(ref s_seed) }.WithSize(48, 12);
        var folder = Directory.CreateTempSubdirectory("study-");
        await PhantomStudyWriter.WriteAsync(LiverPhantom.Generate(settings), settings, folder.FullName);
        var files = new ConcurrentDictionary<string, byte[]>();
        var study = "";
        foreach (var path in folder.EnumerateFiles("*.dcm", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(path.FullName);
            var dataset = (await DicomFile.OpenAsync(new MemoryStream(bytes))).Dataset;
            study = dataset.GetString(DicomTag.StudyInstanceUID);
            files[dataset.GetString(DicomTag.SOPInstanceUID)] = bytes;
        }

        folder.Delete(recursive: true);
        return new(study, files);
    }
}
