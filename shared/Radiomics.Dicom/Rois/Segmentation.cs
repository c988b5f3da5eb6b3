using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Regions of a SEG (PS3.3 A.51): binary, fractional cut at one half, or a label map.</summary>
internal static class Segmentation
{
    /// <summary>SegmentedPropertyCategoryCodeSequence of what is no healthy part of the body: morphologically altered, or put there.</summary>
    private static readonly HashSet<string> _noOrgan = ["SCT 49755003", "SRT M-01000", "SCT 260787004", "SRT A-00004"];

    /// <summary>The segments, in the order of SegmentSequence.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>, <c>RoiUnreadable</c>; thrown when a region's shape is asked for.
    /// </exception>
    /// <param name="dataset">The object.</param>
    /// <param name="mostVoxels">Voxels that a region's grid may have.</param>
    public static IEnumerable<RegionOfInterest> Read(DicomDataset dataset, int mostVoxels)
    {
        if (!dataset.TryGetSequence(DicomTag.SegmentSequence, out var segments))
        {
            yield break;
        }

        var top = new FrameAttributes(dataset, 0);
        var frames = new Lazy<SegmentationFrames>(() => new SegmentationFrames(dataset, mostVoxels));
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
                Types = [.. CodedConcept.In(segment, DicomTag.SegmentedPropertyTypeCodeSequence)],
                Anatomy = [.. CodedConcept.In(segment, DicomTag.AnatomicRegionSequence)],
                IsNoOrgan = CodedConcept.In(segment, DicomTag.SegmentedPropertyCategoryCodeSequence).Any(code => _noOrgan.Contains(code.ToString())),
                Drawn = DrawnAt.Of(top, DicomTag.ContentDate, DicomTag.ContentTime),
                FrameOfReferenceUid = top.Text(DicomTag.FrameOfReferenceUID),
                Region = new Lazy<IRegion>(() => new MaskRegion(frames.Value.MaskOf(number))),
            };
        }
    }
}
