using System.Globalization;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>Enhanced MR objects, made of single slices.</summary>
public static class EnhancedObject
{
    /// <summary>All slices as frames of one Enhanced MR object, last slice first.</summary>
    public static DicomDataset Of(params DicomDataset[] slices)
    {
        slices = [.. slices.Reverse()];
        var first = slices[0];
        DicomTag[] perFrame = [DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.RescaleSlope, DicomTag.RescaleIntercept, DicomTag.EchoTime];
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        dataset.Add(first.Where(item => !perFrame.Contains(item.Tag) && item.Tag != DicomTag.PixelData));
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.EnhancedMRImageStorage);
        dataset.AddOrUpdate(DicomTag.NumberOfFrames, slices.Length.ToString(CultureInfo.InvariantCulture));
        dataset.Add(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, new DicomDataset
        {
            Group(DicomTag.PlaneOrientationSequence, first, DicomTag.ImageOrientationPatient),
            Group(DicomTag.PixelMeasuresSequence, first, DicomTag.PixelSpacing),
            Group(DicomTag.PixelValueTransformationSequence, first, DicomTag.RescaleSlope, DicomTag.RescaleIntercept),
            new DicomSequence(DicomTag.MREchoSequence, new DicomDataset { { DicomTag.EffectiveEchoTime, 1.23 } }),
        }));
        dataset.Add(new DicomSequence(
            DicomTag.PerFrameFunctionalGroupsSequence,
            [.. slices.Select(slice => new DicomDataset { Group(DicomTag.PlanePositionSequence, slice, DicomTag.ImagePositionPatient) })]));
        dataset.Add(new DicomOtherWord(
            DicomTag.PixelData,
            new MemoryByteBuffer([.. slices.SelectMany(slice => slice.GetDicomItem<DicomElement>(DicomTag.PixelData).Buffer.Data)])));
        return dataset;
    }

    private static DicomSequence Group(DicomTag group, DicomDataset from, params DicomTag[] tags) =>
        new(group, new DicomDataset(tags.Select(tag => from.GetDicomItem<DicomItem>(tag))));
}
