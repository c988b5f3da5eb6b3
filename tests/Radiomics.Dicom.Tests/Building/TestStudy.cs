using System.Globalization;
using System.IO.Compression;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>A small study to be built as DICOM files or as a zip of them.</summary>
public sealed record TestStudy
{
    public string PatientName { get; init; } = "Doe^Jane";

    public string? PatientId { get; init; } = "4711";

    public string? PatientBirthDate { get; init; } = "19800102";

    public string StudyUid { get; init; } = Uid("1");

    public IReadOnlyList<MrSeries> Series { get; init; } = [new MrSeries()];

    public IReadOnlyList<SegObject> Segmentations { get; init; } = [];

    public IReadOnlyList<StructureSetObject> StructureSets { get; init; } = [];

    /// <summary>Files beside the study's own: name and content.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Extra { get; init; } = [];

    /// <summary>A liver-like study: four Dixon series on one grid and a SEG of a box in it.</summary>
    public static TestStudy Dixon { get; } = new()
    {
        Series =
        [
            new MrSeries { Number = 1, ImageType = ["ORIGINAL", "PRIMARY", "DIXON", "IN_PHASE"], EchoTime = 2.46 },
            new MrSeries { Number = 2, ImageType = ["ORIGINAL", "PRIMARY", "DIXON", "OPP_PHASE"], EchoTime = 1.23 },
            new MrSeries { Number = 3, ImageType = ["DERIVED", "PRIMARY", "DIXON", "WATER"], EchoTime = 1.23 },
            new MrSeries { Number = 4, ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"], EchoTime = 1.23 },
        ],
        Segmentations = [new SegObject()],
    };

    /// <summary>A UID of the tests' own root.</summary>
    public static string Uid(string suffix) => $"1.2.826.0.1.3680043.10.999.{suffix}";

    /// <summary>What every object of the study starts with.</summary>
    public DicomDataset Header(DicomUID sopClass, string instance, string series, int number, string modality)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SOPClassUID, sopClass },
            { DicomTag.SOPInstanceUID, instance },
            { DicomTag.StudyInstanceUID, StudyUid },
            { DicomTag.SeriesInstanceUID, series },
            { DicomTag.SeriesNumber, number.ToString(CultureInfo.InvariantCulture) },
            { DicomTag.Modality, modality },
            { DicomTag.PatientName, PatientName },
        };
        if (PatientId is not null)
        {
            dataset.Add(DicomTag.PatientID, PatientId);
        }

        if (PatientBirthDate is not null)
        {
            dataset.Add(DicomTag.PatientBirthDate, PatientBirthDate);
        }

        return dataset;
    }

    /// <summary>The study's files, named after the patient as PACS do.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Files()
    {
        var datasets = Series.SelectMany(series => series.Build(this))
            .Concat(Segmentations.Select((segmentation, n) => segmentation.Build(this, n)))
            .Concat(StructureSets.Select((structures, n) => structures.Build(this, n)));
        return [.. datasets.Select((dataset, n) => ($"{PatientName}/IMG{n:0000}.dcm", Bytes(dataset))), .. Extra];
    }

    /// <summary>The study as a zip.</summary>
    public MemoryStream Zip() => Zip(Files());

    /// <summary>A zip of the given files.</summary>
    public static MemoryStream Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }

    /// <summary>A dataset as a DICOM file.</summary>
    public static byte[] Bytes(DicomDataset dataset)
    {
        using var stream = new MemoryStream();
        new DicomFile(dataset).Save(stream);
        return stream.ToArray();
    }

    /// <summary>A dataset whose pixel data are the given fragments; one of four bytes if none is given.</summary>
    public static DicomDataset Encapsulated(DicomDataset dataset, DicomTransferSyntax syntax, params IReadOnlyList<byte[]> contents)
    {
        var encapsulated = new DicomDataset(syntax);
        encapsulated.Add(dataset.Where(item => item.Tag != DicomTag.PixelData));
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        foreach (var content in contents.DefaultIfEmpty([1, 2, 3, 4]))
        {
            fragments.Fragments.Add(new MemoryByteBuffer(content));
        }

        encapsulated.Add(fragments);
        return encapsulated;
    }

    internal static string[] Texts(Point3 point) => [Text(point.X), Text(point.Y), Text(point.Z)];

    private static string Text(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
