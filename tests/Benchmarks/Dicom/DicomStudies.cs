using System.IO.Compression;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Dicom.Phantom;

namespace Benchmarks.Dicom;

/// <summary>Zips that ingest is measured on.</summary>
internal static class DicomStudies
{
    private const int SlicesOfASeries = 250;

    /// <summary>Four sequences and the liver.</summary>
    public static async Task WriteAsync(string path, PhantomSettings settings)
    {
        await using var zip = File.Create(path);
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, zip);
    }

    /// <summary>
    /// As many files as asked for, in series of 250 slices: the four of a Dixon study and the liver, and others that no rule names, each with pixels of its own.
    /// </summary>
    public static async Task WriteManyAsync(string path, int files, int matrix)
    {
        var settings = Phantoms.Settings.WithSize(matrix, SlicesOfASeries);
        using var study = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, study);
        await using var target = File.Create(path);
        await using var many = new ZipArchive(target, ZipArchiveMode.Create);
        await using var one = new ZipArchive(study, ZipArchiveMode.Read);
        var images = new List<byte[]>();
        foreach (var entry in one.Entries)
        {
            var content = new byte[entry.Length];
            await using (var stream = await entry.OpenAsync())
            {
                await stream.ReadExactlyAsync(content);
            }

            await AddAsync(many, entry.FullName, content);
            if (images.Count < SlicesOfASeries)
            {
                images.Add(content);
            }
        }

        for (var n = one.Entries.Count; n < files; n++)
        {
            await AddAsync(many, $"more/{n:D6}.dcm", Retold(images[n % SlicesOfASeries], n));
        }
    }

    /// <summary>A slice as another series of the same examination has it.</summary>
    private static byte[] Retold(byte[] content, int n)
    {
        var file = DicomFile.Open(new MemoryStream(content), FileReadOption.ReadAll);
        var series = 10 + n / SlicesOfASeries;
        var pixels = (byte[])file.Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData).Buffer.Data.Clone();
        BitConverter.TryWriteBytes(pixels, n);
        file.Dataset.AddOrUpdate(DicomTag.SOPInstanceUID, $"2.25.{1_000_000 + n}");
        file.Dataset.AddOrUpdate(DicomTag.SeriesInstanceUID, $"2.25.{series}");
        file.Dataset.AddOrUpdate(DicomTag.SeriesNumber, series);
        file.Dataset.AddOrUpdate(DicomTag.SeriesDescription, "other");
        file.Dataset.AddOrUpdate(DicomTag.ProtocolName, "other");
        file.Dataset.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "OTHER");
        file.Dataset.AddOrUpdate(DicomTag.ScanningSequence, "SE");
        file.Dataset.AddOrUpdate(DicomTag.EchoTime, 12m);
        file.Dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(pixels)));
        using var written = new MemoryStream();
        new DicomFile(file.Dataset).Save(written);
        return written.ToArray();
    }

    private static async Task AddAsync(ZipArchive zip, string name, byte[] content)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync();
        await entry.WriteAsync(content);
    }
}
