using System.Buffers.Binary;
using System.Globalization;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>Slices of the simulated sequences as MR Image Storage (PS3.3 A.4): unsigned 16 bit.</summary>
internal sealed class MrSlice(PhantomSettings settings, PhantomUids uids, DixonSeries series, Volume volume)
{
    private readonly PhantomProtocol _protocol = settings.ResolveProtocol();
    private readonly double _window = Percentile(volume.Voxels, 0.995f);

    /// <summary>The instance of slice <paramref name="k"/>; its number is k + 1.</summary>
    public DicomDataset Create(int k)
    {
        var geometry = volume.Geometry;
        var position = geometry.ToPatient(0, 0, k);
        var dataset = PhantomHeader.Create(
            settings, uids, DicomUID.MRImageStorage, "MR", series.Name, series.Number, series.Description, k + 1);
        dataset.Add(DicomTag.ImageType, series.ImageType);
        dataset.Add(DicomTag.ProtocolName, _protocol.ProtocolName);
        dataset.Add(DicomTag.AcquisitionNumber, "1");
        dataset.Add(DicomTag.AcquisitionDate, PhantomHeader.Date);
        dataset.Add(DicomTag.AcquisitionTime, PhantomHeader.Time);
        dataset.Add(DicomTag.ContentDate, PhantomHeader.Date);
        dataset.Add(DicomTag.ContentTime, PhantomHeader.Time);
        dataset.Add(DicomTag.InstanceNumber, (k + 1).ToString(CultureInfo.InvariantCulture));
        if (series.IsDerived)
        {
            dataset.Add(DicomTag.DerivationDescription, "Two-point Dixon");
        }

        AddMrImage(dataset);
        dataset.Add(DicomTag.ImagePositionPatient, Decimals(position.X, position.Y, position.Z));
        dataset.Add(DicomTag.ImageOrientationPatient, Orientation(geometry));
        dataset.Add(DicomTag.PixelSpacing, Decimals(geometry.SpacingY, geometry.SpacingX));
        dataset.Add(DicomTag.SliceThickness, DixonSeries.Decimal(geometry.SpacingZ));
        dataset.Add(DicomTag.SpacingBetweenSlices, DixonSeries.Decimal(geometry.SpacingZ));
        dataset.Add(DicomTag.SliceLocation, DixonSeries.Decimal(position.Z));
        AddPixels(dataset, k);
        return dataset;
    }

    /// <summary>ImageOrientationPatient of a grid: direction of rows, then of columns.</summary>
    public static string[] Orientation(VolumeGeometry geometry) =>
    [
        .. Decimals(geometry.DirectionX.X, geometry.DirectionX.Y, geometry.DirectionX.Z),
        .. Decimals(geometry.DirectionY.X, geometry.DirectionY.Y, geometry.DirectionY.Z),
    ];

    /// <summary>Decimal strings.</summary>
    public static string[] Decimals(params double[] values) => Array.ConvertAll(values, DixonSeries.Decimal);

    private void AddMrImage(DicomDataset dataset)
    {
        dataset.Add(DicomTag.ScanningSequence, "GR");
        dataset.Add(DicomTag.SequenceVariant, "SP", "OSP");
        dataset.Add(DicomTag.ScanOptions, string.Empty);
        dataset.Add(DicomTag.MRAcquisitionType, "3D");
        dataset.Add(DicomTag.AngioFlag, "N");
        dataset.Add(DicomTag.RepetitionTime, DixonSeries.Decimal(_protocol.RepetitionTime));
        dataset.Add(DicomTag.EchoTime, DixonSeries.Decimal(series.EchoTime));
        dataset.Add(DicomTag.EchoNumbers, series.EchoNumber.ToString(CultureInfo.InvariantCulture));
        dataset.Add(DicomTag.EchoTrainLength, "1");
        dataset.Add(DicomTag.FlipAngle, DixonSeries.Decimal(_protocol.FlipAngle));
        dataset.Add(DicomTag.NumberOfAverages, "1");
        dataset.Add(DicomTag.ImagedNucleus, "1H");
        dataset.Add(DicomTag.MagneticFieldStrength, DixonSeries.Decimal(_protocol.MagneticFieldStrength));
        dataset.Add(DicomTag.ImagingFrequency, DixonSeries.Decimal(_protocol.MagneticFieldStrength * FatSpectrum.ProtonMegahertzPerTesla));
    }

    private void AddPixels(DicomDataset dataset, int k)
    {
        var geometry = volume.Geometry;
        var size = geometry.SizeX * geometry.SizeY;
        var bytes = new byte[2 * size];
        var scale = 1 / _protocol.RescaleSlope;
        for (var n = 0; n < size; n++)
        {
            var stored = (ushort)Math.Clamp(Math.Round(volume.Voxels[k * size + n] * scale), 0, ushort.MaxValue);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * n), stored);
        }

        dataset.Add(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Add(DicomTag.Rows, (ushort)geometry.SizeY);
        dataset.Add(DicomTag.Columns, (ushort)geometry.SizeX);
        dataset.Add(DicomTag.BitsAllocated, (ushort)16);
        dataset.Add(DicomTag.BitsStored, (ushort)16);
        dataset.Add(DicomTag.HighBit, (ushort)15);
        dataset.Add(DicomTag.PixelRepresentation, (ushort)0);
        dataset.Add(DicomTag.RescaleIntercept, "0");
        dataset.Add(DicomTag.RescaleSlope, DixonSeries.Decimal(_protocol.RescaleSlope));
        dataset.Add(DicomTag.RescaleType, "US");
        dataset.Add(DicomTag.WindowCenter, DixonSeries.Decimal(Math.Round(_window / 2, 1)));
        dataset.Add(DicomTag.WindowWidth, DixonSeries.Decimal(Math.Max(1, Math.Round(_window, 1))));
        dataset.Add(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(bytes)));
    }

    /// <summary>The value below which a fraction of the voxels lies, to a 4096th of the maximum.</summary>
    private static double Percentile(float[] voxels, float fraction)
    {
        const int Bins = 4096;
        var max = 0f;
        foreach (var voxel in voxels)
        {
            max = Math.Max(max, voxel);
        }

        var histogram = new int[Bins + 1];
        foreach (var voxel in voxels)
        {
            histogram[max == 0 ? 0 : (int)(voxel / max * Bins)]++;
        }

        var below = 0L;
        for (var bin = 0; bin <= Bins; bin++)
        {
            below += histogram[bin];
            if (below >= fraction * voxels.Length)
            {
                return (bin + 1.0) / Bins * max;
            }
        }

        return max;
    }
}
