using System.Globalization;
using System.IO.Compression;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Benchmarks.Archives;

/// <summary>Archives of a few megabytes that ask for as much of the machine as they can: each is within the limits, or a byte above one.</summary>
internal static class HostileArchives
{
    private const int Megabyte = 1 << 20;

    /// <summary>What each is, and how it is written.</summary>
    public static IReadOnlyList<(string Name, Func<Stream, Task> WriteAsync)> All { get; } =
    [
        ("a text of 1 GiB", zip => WriteAsync(zip, ("a.txt", OneGigabyte))),
        ("a DICOM file of 1 GiB without group length", zip => WriteAsync(zip, ("a.dcm", stream => LargeImageAsync(stream)))),
        ("2,000 blank files of 4 MB", zip => WriteAsync(zip, [.. Enumerable.Range(0, 2000).Select(n => ($"{n}.bin", (Func<Stream, Task>)(stream => ZerosAsync(stream, 4 * Megabyte))))])),
        ("250,000 entries", zip => WriteAsync(zip, [.. Enumerable.Range(0, 250_000).Select(n => ($"{n}", (Func<Stream, Task>)(_ => Task.CompletedTask)))])),
        ("a deflated data set of 256 MB", zip => WriteAsync(zip, ("a.dcm", DeflatedDatasetAsync))),
        ("four sequences of 1024 × 1024 × 128 blank voxels", zip => BlankStudyAsync(zip, 1024, 128)),
    ];

    private static async Task WriteAsync(Stream target, params IReadOnlyList<(string Name, Func<Stream, Task> WriteAsync)> entries)
    {
        await using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, write) in entries)
        {
            await using var entry = await zip.CreateEntry(name, CompressionLevel.Optimal).OpenAsync();
            await write(entry);
        }
    }

    /// <summary>As much noise as lets the rest be blank within the ratio that the limits allow.</summary>
    private static async Task OneGigabyte(Stream stream)
    {
        var noise = new byte[6 * Megabyte];
        new Random(1).NextBytes(noise);
        await stream.WriteAsync(noise);
        await ZerosAsync(stream, (1L << 30) - noise.Length);
    }

    private static async Task ZerosAsync(Stream stream, long count)
    {
        var zeros = new byte[Math.Min(count, Megabyte)];
        for (; count > 0; count -= zeros.Length)
        {
            await stream.WriteAsync(zeros.AsMemory(0, (int)Math.Min(count, zeros.Length)));
        }
    }

    /// <summary>Headers in the encoding without meta information, which nobody can follow without reading on.</summary>
    private static async Task LargeImageAsync(Stream stream)
    {
        using var header = new MemoryStream();
        new DicomFile(Image(1, 0, 1024, 1024, new byte[2])).Save(header);
        var bytes = header.ToArray();
        var pixels = bytes.Length - 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(pixels - 4), (1u << 30) - (16u << 20));
        // The group length (PS3.10 7.1) goes: 12 bytes behind preamble and prefix.
        await stream.WriteAsync(bytes.AsMemory(0, 132));
        await stream.WriteAsync(bytes.AsMemory(144, pixels - 144));
        var noise = new byte[6 * Megabyte];
        new Random(2).NextBytes(noise);
        await stream.WriteAsync(noise);
        await ZerosAsync(stream, (1L << 30) - (16L << 20) - noise.Length);
    }

    private static async Task DeflatedDatasetAsync(Stream stream)
    {
        using var plain = new MemoryStream();
        var dataset = new DicomDataset(DicomTransferSyntax.DeflatedExplicitVRLittleEndian);
        dataset.Add(Image(1, 0, 16, 16, new byte[(256 * Megabyte) - 4096]));
        new DicomFile(dataset).Save(plain);
        plain.Position = 0;
        await plain.CopyToAsync(stream);
    }

    private static async Task BlankStudyAsync(Stream target, int matrix, int slices)
    {
        string[][] types = [["ORIGINAL", "PRIMARY", "DIXON", "IN_PHASE"], ["ORIGINAL", "PRIMARY", "DIXON", "OPP_PHASE"], ["DERIVED", "PRIMARY", "DIXON", "WATER"], ["DERIVED", "PRIMARY", "DIXON", "FAT"]];
        var entries = types.Index().SelectMany(series => Enumerable.Range(0, slices).Select(k => ($"{series.Index}/{k}.dcm", (Func<Stream, Task>)(stream =>
        {
            var pixels = new byte[2 * matrix * matrix];
            for (var n = 0; n < pixels.Length; n += 2)
            {
                pixels[n] = (byte)(n >> 16);
            }

            var image = Image(series.Index + 1, k, matrix, matrix, pixels);
            image.AddOrUpdate(DicomTag.ImageType, series.Item);
            return SaveAsync(image, stream);
        })))).Append(("roi.dcm", stream => SaveAsync(Region(matrix, slices), stream)));
        await WriteAsync(target, [.. entries]);
    }

    private static async Task SaveAsync(DicomDataset dataset, Stream stream)
    {
        using var file = new MemoryStream();
        await new DicomFile(dataset).SaveAsync(file);
        file.Position = 0;
        await file.CopyToAsync(stream);
    }

    private static DicomDataset Header(string sopClass, string instance, string series, string modality) => new(DicomTransferSyntax.ExplicitVRLittleEndian)
    {
        { DicomTag.SOPClassUID, sopClass },
        { DicomTag.SOPInstanceUID, instance },
        { DicomTag.StudyInstanceUID, "2.25.1" },
        { DicomTag.SeriesInstanceUID, series },
        { DicomTag.FrameOfReferenceUID, "2.25.9" },
        { DicomTag.Modality, modality },
        { DicomTag.PatientID, "1" },
        { DicomTag.PatientName, "Blank" },
        { DicomTag.Manufacturer, "SIEMENS" },
        { DicomTag.SamplesPerPixel, (ushort)1 },
        { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
        { DicomTag.PixelRepresentation, (ushort)0 },
    };

    private static DicomDataset Image(int series, int slice, int rows, int columns, byte[] pixels)
    {
        var image = Header("1.2.840.10008.5.1.4.1.1.4", $"2.25.{(1000 * series) + slice + 10}", $"2.25.{series + 1}", "MR");
        image.Add(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "M");
        image.Add(DicomTag.SeriesNumber, series);
        image.Add(DicomTag.InstanceNumber, slice + 1);
        image.Add(DicomTag.ScanningSequence, "GR");
        image.Add(DicomTag.MagneticFieldStrength, "3");
        image.Add(DicomTag.EchoTime, series == 1 ? "2.46" : "1.23");
        image.Add(DicomTag.RepetitionTime, "4");
        image.Add(DicomTag.SliceThickness, "2");
        image.Add(DicomTag.PixelSpacing, "0.3", "0.3");
        image.Add(DicomTag.ImagePositionPatient, "0", "0", (2 * slice).ToString(CultureInfo.InvariantCulture));
        image.Add(DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
        image.Add(DicomTag.Rows, (ushort)rows);
        image.Add(DicomTag.Columns, (ushort)columns);
        image.Add(DicomTag.BitsAllocated, (ushort)16);
        image.Add(DicomTag.BitsStored, (ushort)12);
        image.Add(DicomTag.HighBit, (ushort)11);
        image.Add(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(pixels)));
        return image;
    }

    private static DicomDataset Region(int matrix, int slices)
    {
        var region = Header("1.2.840.10008.5.1.4.1.1.66.4", "2.25.999", "2.25.99", "SEG");
        region.Add(DicomTag.SeriesNumber, 99);
        region.Add(DicomTag.ImageType, "DERIVED", "PRIMARY");
        region.Add(DicomTag.SegmentationType, "BINARY");
        region.Add(new DicomSequence(DicomTag.SegmentSequence, new DicomDataset { { DicomTag.SegmentNumber, (ushort)1 }, { DicomTag.SegmentLabel, "Liver" } }));
        region.Add(DicomTag.NumberOfFrames, slices);
        region.Add(DicomTag.Rows, (ushort)matrix);
        region.Add(DicomTag.Columns, (ushort)matrix);
        region.Add(DicomTag.BitsAllocated, (ushort)1);
        region.Add(DicomTag.BitsStored, (ushort)1);
        region.Add(DicomTag.HighBit, (ushort)0);
        region.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, new DicomDataset
        {
            new DicomSequence(DicomTag.PlaneOrientationSequence, new DicomDataset { { DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0" } }),
            new DicomSequence(DicomTag.PixelMeasuresSequence, new DicomDataset { { DicomTag.PixelSpacing, "0.3", "0.3" }, { DicomTag.SliceThickness, "2" } }),
        }));
        region.Add(new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. Enumerable.Range(0, slices).Select(k => new DicomDataset
        {
            new DicomSequence(DicomTag.PlanePositionSequence, new DicomDataset { { DicomTag.ImagePositionPatient, "0", "0", (2 * k).ToString(CultureInfo.InvariantCulture) } }),
            new DicomSequence(DicomTag.SegmentIdentificationSequence, new DicomDataset { { DicomTag.ReferencedSegmentNumber, (ushort)1 } }),
        })]));
        var bits = new byte[matrix * matrix / 8 * slices];
        for (var k = slices / 4; k < slices * 3 / 4; k++)
        {
            for (var row = matrix / 4; row < matrix * 3 / 4; row++)
            {
                bits.AsSpan((k * matrix * matrix / 8) + (row * matrix / 8) + (matrix / 32), matrix / 16).Fill(0xFF);
            }
        }

        region.Add(new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(bits)));
        return region;
    }
}
