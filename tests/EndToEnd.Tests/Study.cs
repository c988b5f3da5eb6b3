using System.IO.Compression;
using FellowOakDicom;
using Radiomics.Dicom.Phantom;

namespace EndToEnd.Tests;

/// <summary>A small synthetic study as files in memory, to be sent as it is or spoiled on purpose.</summary>
public sealed class Study
{
    private readonly SortedDictionary<string, byte[]> _files;

    private Study(SortedDictionary<string, byte[]> files) => _files = files;

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>A phantom over the whole upper abdomen at coarse resolution, so that a study takes seconds.</summary>
    public static async Task<Study> PhantomAsync(string center = "A", string field = "3.0T", int seed = 7, string? patientName = null, string? patientId = null, int sizeInPlane = 64, int slices = 24)
    {
        var settings = new PhantomSettings { Center = center, FieldStrength = field, LiverIronConcentration = 12, Seed = seed, PatientName = patientName, PatientID = patientId }.WithSize(sizeInPlane, slices);
        var folder = Directory.CreateTempSubdirectory("radiomics-study-").FullName;
        try
        {
            await PhantomStudyWriter.WriteAsync(LiverPhantom.Generate(settings), settings, folder);
            var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = await File.ReadAllBytesAsync(path);
            }

            return new Study(files);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The study with some files changed through their datasets.</summary>
    public Study Edit(Func<DicomDataset, bool> which, Action<DicomDataset> edit) => Change(files =>
    {
        foreach (var name in files.Keys.ToList())
        {
            var file = DicomFile.Open(new MemoryStream(files[name]), FileReadOption.ReadAll);
            if (which(file.Dataset))
            {
                edit(file.Dataset);
                var copy = new MemoryStream();
                new DicomFile(file.Dataset).Save(copy);
                files[name] = copy.ToArray();
            }
        }
    });

    /// <summary>The study without some files.</summary>
    public Study Without(Func<DicomDataset, bool> which) => Change(files =>
    {
        foreach (var name in files.Keys.Where(name => which(DicomFile.Open(new MemoryStream(_files[name]), FileReadOption.ReadAll).Dataset)).ToList())
        {
            files.Remove(name);
        }
    });

    /// <summary>The study with its files changed as files.</summary>
    public Study Change(Action<SortedDictionary<string, byte[]>> change)
    {
        var files = new SortedDictionary<string, byte[]>(_files, StringComparer.Ordinal);
        change(files);
        return new Study(files);
    }

    /// <summary>The study as an upload, the same bytes each time.</summary>
    public byte[] Zip(CompressionLevel compression = CompressionLevel.Fastest)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in _files)
            {
                var entry = archive.CreateEntry(name, compression);
                entry.LastWriteTime = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var target = entry.Open();
                target.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static bool IsImage(DicomDataset dataset) => dataset.GetSingleValueOrDefault(DicomTag.Modality, "") == "MR";

    public static bool IsSegmentation(DicomDataset dataset) => dataset.GetSingleValueOrDefault(DicomTag.Modality, "") == "SEG";

    public static bool IsFirstSlice(DicomDataset dataset) => IsImage(dataset) && dataset.GetSingleValueOrDefault(DicomTag.InstanceNumber, 0) == 1;
}
