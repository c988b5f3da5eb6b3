using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Regions of an RTSTRUCT (PS3.3 A.19).</summary>
internal static class StructureSet
{
    /// <summary>The ROIs that have closed planar contours, in the order of StructureSetROISequence.</summary>
    public static IEnumerable<RegionOfInterest> Read(DicomDataset dataset)
    {
        var contours = Items(dataset, DicomTag.ROIContourSequence)
            .Where(item => item.TryGetValue<int>(DicomTag.ReferencedROINumber, 0, out _))
            .ToLookup(item => item.GetValue<int>(DicomTag.ReferencedROINumber, 0), ReadContours);
        foreach (var roi in Items(dataset, DicomTag.StructureSetROISequence))
        {
            var facts = new FrameAttributes(roi, 0);
            if (facts.Integer(DicomTag.ROINumber) is not { } number
                || contours[number].SelectMany(list => list).ToArray() is not { Length: > 0 } closed)
            {
                continue;
            }

            yield return new RegionOfInterest
            {
                Source = "RTSTRUCT",
                Number = number,
                Names = facts.Text(DicomTag.ROIName) is { } name ? [name] : [""],
                FrameOfReferenceUid = facts.Text(DicomTag.ReferencedFrameOfReferenceUID)
                    ?? new FrameAttributes(dataset, 0).Text(DicomTag.FrameOfReferenceUID),
                Region = new Lazy<IRegion>(new ContourRegion(closed)),
            };
        }
    }

    private static IReadOnlyList<Contour> ReadContours(DicomDataset roiContour)
    {
        var contours = new List<Contour>();
        foreach (var item in Items(roiContour, DicomTag.ContourSequence))
        {
            var facts = new FrameAttributes(item, 0);
            var kind = facts.Text(DicomTag.ContourGeometricType) ?? "";
            var data = facts.Numbers(DicomTag.ContourData);
            if (kind.StartsWith("CLOSED", StringComparison.OrdinalIgnoreCase) && data.Length >= 9 && data.Length % 3 == 0)
            {
                contours.Add(new Contour([.. data.Chunk(3).Select(point => new Point3(point[0], point[1], point[2]))]));
            }
        }

        return contours;
    }

    private static IEnumerable<DicomDataset> Items(DicomDataset dataset, DicomTag sequence) =>
        dataset.TryGetSequence(sequence, out var items) ? items.Items : [];
}
