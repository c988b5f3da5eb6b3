using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Regions of a SEG (PS3.3 A.51): binary, or fractional cut at one half.</summary>
internal static class Segmentation
{
    /// <summary>The segments, in the order of SegmentSequence.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>; thrown when a region's shape is asked for, too.
    /// </exception>
    public static IEnumerable<RegionOfInterest> Read(DicomDataset dataset)
    {
        if (!dataset.TryGetSequence(DicomTag.SegmentSequence, out var segments))
        {
            yield break;
        }

        var frames = new Lazy<SegmentationFrames>(() => new SegmentationFrames(dataset));
        foreach (var segment in segments.Items)
        {
            var facts = new FrameAttributes(segment, 0);
            if (facts.Integer(DicomTag.SegmentNumber) is not { } number)
            {
                continue;
            }

            var property = facts.Item(DicomTag.SegmentedPropertyTypeCodeSequence);
            string?[] names =
            [
                facts.Text(DicomTag.SegmentLabel),
                facts.Text(DicomTag.SegmentDescription),
                property is null ? null : new FrameAttributes(property, 0).Text(DicomTag.CodeMeaning),
            ];
            yield return new RegionOfInterest
            {
                Source = "SEG",
                Number = number,
                Names = [.. names.Select(name => name ?? "")],
                FrameOfReferenceUid = new FrameAttributes(dataset, 0).Text(DicomTag.FrameOfReferenceUID),
                Region = new Lazy<IRegion>(() => new MaskRegion(frames.Value.MaskOf(number))),
            };
        }
    }
}
