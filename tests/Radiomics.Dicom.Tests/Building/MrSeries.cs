using System.Globalization;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>An MR series to be built: one file a slice.</summary>
public sealed record MrSeries
{
    public int Number { get; init; } = 1;

    public string[] ImageType { get; init; } = ["ORIGINAL", "PRIMARY", "M", "ND"];

    public string? Manufacturer { get; init; } = "SIEMENS";

    public string? Description { get; init; }

    public string? ScanningSequence { get; init; } = "GR";

    public double? FieldStrength { get; init; } = 3;

    public double? EchoTime { get; init; } = 1.23;

    public double? RepetitionTime { get; init; } = 4;

    public VolumeGeometry Grid { get; init; } = Grids.Axial;

    public string? FrameOfReference { get; init; } = TestStudy.Uid("9");

    public double Slope { get; init; } = 1;

    public double Intercept { get; init; }

    public int BitsAllocated { get; init; } = 16;

    public int BitsStored { get; init; } = 12;

    public bool Signed { get; init; }

    /// <summary>Stored value of voxel (i, j, k).</summary>
    public Func<int, int, int, int> Stored { get; init; } = (i, j, k) => i + (10 * j) + (100 * k);

    /// <summary>Changes slice k's dataset before it is written.</summary>
    public Action<DicomDataset, int> Edit { get; init; } = (_, _) => { };

    /// <summary>Slices that are not written.</summary>
    public int[] Without { get; init; } = [];

    public string SeriesUid => TestStudy.Uid($"2.{Number}");

    /// <summary>The slices, in the order of z.</summary>
    public IEnumerable<DicomDataset> Build(TestStudy study) =>
        Enumerable.Range(0, Grid.SizeZ).Where(k => !Without.Contains(k)).Select(k => BuildSlice(study, k));

    private DicomDataset BuildSlice(TestStudy study, int k)
    {
        var dataset = study.Header(DicomUID.MRImageStorage, TestStudy.Uid($"2.{Number}.{k + 1}"), SeriesUid, Number, "MR");
        dataset.Add(DicomTag.ImageType, ImageType);
        dataset.Add(DicomTag.InstanceNumber, Text(k + 1));
        AddIfKnown(dataset, DicomTag.Manufacturer, Manufacturer);
        AddIfKnown(dataset, DicomTag.SeriesDescription, Description);
        AddIfKnown(dataset, DicomTag.ScanningSequence, ScanningSequence);
        AddIfKnown(dataset, DicomTag.FrameOfReferenceUID, FrameOfReference);
        AddIfKnown(dataset, DicomTag.MagneticFieldStrength, Text(FieldStrength));
        AddIfKnown(dataset, DicomTag.EchoTime, Text(EchoTime));
        AddIfKnown(dataset, DicomTag.RepetitionTime, Text(RepetitionTime));
        dataset.Add(DicomTag.SliceThickness, Text(Grid.SpacingZ)!);
        dataset.Add(DicomTag.PixelSpacing, Text(Grid.SpacingY)!, Text(Grid.SpacingX)!);
        dataset.Add(DicomTag.ImagePositionPatient, TestStudy.Texts(Grid.ToPatient(0, 0, k)));
        dataset.Add(DicomTag.ImageOrientationPatient, [.. TestStudy.Texts(Grid.DirectionX), .. TestStudy.Texts(Grid.DirectionY)]);
        dataset.Add(DicomTag.RescaleSlope, Text(Slope)!);
        dataset.Add(DicomTag.RescaleIntercept, Text(Intercept)!);
        dataset.Add(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Add(DicomTag.Rows, (ushort)Grid.SizeY);
        dataset.Add(DicomTag.Columns, (ushort)Grid.SizeX);
        dataset.Add(DicomTag.BitsAllocated, (ushort)BitsAllocated);
        dataset.Add(DicomTag.BitsStored, (ushort)BitsStored);
        dataset.Add(DicomTag.HighBit, (ushort)(BitsStored - 1));
        dataset.Add(DicomTag.PixelRepresentation, (ushort)(Signed ? 1 : 0));
        dataset.Add(BitsAllocated == 8
            ? new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(Pixels(k)))
            : new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(Pixels(k))));
        Edit(dataset, k);
        return dataset;
    }

    private byte[] Pixels(int k)
    {
        var bytes = new byte[Grid.SizeX * Grid.SizeY * BitsAllocated / 8];
        for (var n = 0; n < Grid.SizeX * Grid.SizeY; n++)
        {
            var stored = Stored(n % Grid.SizeX, n / Grid.SizeX, k) & ((1 << BitsStored) - 1);
            if (BitsAllocated == 8)
            {
                bytes[n] = (byte)stored;
            }
            else
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(2 * n), (ushort)stored);
            }
        }

        return bytes;
    }

    private static void AddIfKnown(DicomDataset dataset, DicomTag tag, string? value)
    {
        if (value is not null)
        {
            dataset.Add(tag, value);
        }
    }

    private static string? Text(double? value) => value?.ToString("0.########", CultureInfo.InvariantCulture);
}
