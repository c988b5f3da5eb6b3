using System.Globalization;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>A DICOM SEG to be built: one segment, one frame a slice.</summary>
public sealed record SegObject
{
    public string Label { get; init; } = "Liver";

    public VolumeGeometry Grid { get; init; } = Grids.Axial;

    public string? FrameOfReference { get; init; } = TestStudy.Uid("9");

    /// <summary>Whether voxel (i, j, k) is inside.</summary>
    public Func<int, int, int, bool> Inside { get; init; } = (i, j, k) => i is >= 3 and < 9 && j is >= 2 and < 7 && k is >= 1 and < 5;

    /// <summary>Slices that are not written.</summary>
    public int[] Without { get; init; } = [];

    /// <summary>Writes frames from head to feet.</summary>
    public bool Reversed { get; init; }

    /// <summary>Values of 0 to 255 instead of single bits.</summary>
    public bool Fractional { get; init; }

    public DicomDataset Build(TestStudy study, int n)
    {
        var slices = Enumerable.Range(0, Grid.SizeZ).Where(k => !Without.Contains(k)).ToArray();
        if (Reversed)
        {
            Array.Reverse(slices);
        }

        var dataset = study.Header(DicomUID.SegmentationStorage, TestStudy.Uid($"3.{n}.1"), TestStudy.Uid($"3.{n}"), 900 + n, "SEG");
        if (FrameOfReference is not null)
        {
            dataset.Add(DicomTag.FrameOfReferenceUID, FrameOfReference);
        }

        dataset.Add(DicomTag.ImageType, "DERIVED", "PRIMARY");
        dataset.Add(DicomTag.SegmentationType, Fractional ? "FRACTIONAL" : "BINARY");
        dataset.Add(new DicomSequence(DicomTag.SegmentSequence, new DicomDataset
        {
            { DicomTag.SegmentNumber, (ushort)1 },
            { DicomTag.SegmentLabel, Label },
        }));
        dataset.Add(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Add(DicomTag.NumberOfFrames, slices.Length.ToString(CultureInfo.InvariantCulture));
        dataset.Add(DicomTag.Rows, (ushort)Grid.SizeY);
        dataset.Add(DicomTag.Columns, (ushort)Grid.SizeX);
        dataset.Add(DicomTag.BitsAllocated, (ushort)(Fractional ? 8 : 1));
        dataset.Add(DicomTag.BitsStored, (ushort)(Fractional ? 8 : 1));
        dataset.Add(DicomTag.HighBit, (ushort)(Fractional ? 7 : 0));
        dataset.Add(DicomTag.PixelRepresentation, (ushort)0);
        dataset.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, Shared()));
        dataset.Add(new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. slices.Select(PerFrame)]));
        if (Fractional)
        {
            dataset.Add(DicomTag.MaximumFractionalValue, (ushort)255);
        }

        dataset.Add(new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(Fractional ? Bytes(slices) : Bits(slices))));
        return dataset;
    }

    private DicomDataset Shared()
    {
        string[] orientation = [.. TestStudy.Texts(Grid.DirectionX), .. TestStudy.Texts(Grid.DirectionY)];
        return new DicomDataset
        {
            new DicomSequence(DicomTag.PlaneOrientationSequence, new DicomDataset { { DicomTag.ImageOrientationPatient, orientation } }),
            new DicomSequence(DicomTag.PixelMeasuresSequence, new DicomDataset
            {
                { DicomTag.PixelSpacing, Text(Grid.SpacingY), Text(Grid.SpacingX) },
                { DicomTag.SliceThickness, Text(Grid.SpacingZ) },
            }),
        };
    }

    private DicomDataset PerFrame(int k) => new()
    {
        new DicomSequence(DicomTag.PlanePositionSequence, new DicomDataset { { DicomTag.ImagePositionPatient, TestStudy.Texts(Grid.ToPatient(0, 0, k)) } }),
        new DicomSequence(DicomTag.SegmentIdentificationSequence, new DicomDataset { { DicomTag.ReferencedSegmentNumber, (ushort)1 } }),
    };

    private byte[] Bits(int[] slices)
    {
        var area = Grid.SizeX * Grid.SizeY;
        var bytes = new byte[(((area * slices.Length) + 15) / 16) * 2];
        for (var n = 0; n < area * slices.Length; n++)
        {
            if (Inside(n % Grid.SizeX, n / Grid.SizeX % Grid.SizeY, slices[n / area]))
            {
                bytes[n / 8] |= (byte)(1 << (n % 8));
            }
        }

        return bytes;
    }

    private byte[] Bytes(int[] slices)
    {
        var area = Grid.SizeX * Grid.SizeY;
        return [.. Enumerable.Range(0, area * slices.Length)
            .Select(n => (byte)(Inside(n % Grid.SizeX, n / Grid.SizeX % Grid.SizeY, slices[n / area]) ? 128 : 127))];
    }

    private static string Text(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
