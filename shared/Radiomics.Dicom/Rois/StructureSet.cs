using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Regions of an RTSTRUCT (PS3.3 A.19).</summary>
internal static class StructureSet
{
    private const string Xor = "CLOSEDPLANAR_XOR";

    /// <summary>How far from the origin a point may lie, mm: a DS may be 1e300, and what is computed of it infinite.</summary>
    private const double Farthest = 1e5;

    /// <summary>What RTROIInterpretedType may say a region is that no organ is (PS3.3 C.8.8.8.1).</summary>
    private static readonly HashSet<string> _noOrgan = new(StringComparer.OrdinalIgnoreCase)
    {
        "EXTERNAL", "PTV", "CTV", "GTV", "ITV", "TREATED_VOLUME", "IRRAD_VOLUME", "BOLUS", "BRACHY_CHANNEL", "BRACHY_ACCESSORY", "BRACHY_SRC_APP",
        "BRACHY_CHNL_SHLD", "MARKER", "REGISTRATION", "ISOCENTER", "CONTRAST_AGENT", "CAVITY", "SUPPORT", "FIXATION", "DOSE_REGION",
        "DOSE_MEASUREMENT", "CONTROL",
    };

    /// <summary>
    /// The ROIs in the order of StructureSetROISequence. Of one without closed contours, or with one that can't be read, the shape is <c>RoiUnreadable</c> when
    /// it is asked for: without that contour it would be another shape.
    /// </summary>
    /// <param name="dataset">The object.</param>
    /// <param name="mostVoxels">Voxels that a region's own grid may have.</param>
    public static IEnumerable<RegionOfInterest> Read(DicomDataset dataset, int mostVoxels)
    {
        var top = new FrameAttributes(dataset, 0);
        var drawn = DrawnAt.Of(top, DicomTag.StructureSetDate, DicomTag.StructureSetTime);
        var contours = Items(dataset, DicomTag.ROIContourSequence).ToLookup(item => new FrameAttributes(item, 0).Integer(DicomTag.ReferencedROINumber), ReadContours);
        var observations = Items(dataset, DicomTag.RTROIObservationsSequence).ToLookup(item => new FrameAttributes(item, 0).Integer(DicomTag.ReferencedROINumber));
        foreach (var roi in Items(dataset, DicomTag.StructureSetROISequence))
        {
            var facts = new FrameAttributes(roi, 0);
            if (facts.Integer(DicomTag.ROINumber) is not { } number)
            {
                continue;
            }

            Contour?[] closed = [.. contours[number].SelectMany(list => list.Closed)];
            var open = contours[number].Sum(list => list.Open);
            var observed = observations[number].ToArray();
            yield return new RegionOfInterest
            {
                Source = "RTSTRUCT",
                Number = number,
                Names = facts.Text(DicomTag.ROIName) is { } name ? [name] : [""],
                Types = [.. observed.SelectMany(item => CodedConcept.In(item, DicomTag.RTROIIdentificationCodeSequence))],
                IsNoOrgan = observed.Any(item => new FrameAttributes(item, 0).Text(DicomTag.RTROIInterpretedType) is { } type && _noOrgan.Contains(type)),
                Drawn = drawn,
                FrameOfReferenceUid = FrameOf(facts, top),
                HasContours = closed.Length > 0,
                Region = new Lazy<IRegion>(() => Shape(closed, open, mostVoxels)),
            };
        }
    }

    /// <summary>The frames of reference that ROIs were drawn in.</summary>
    public static IEnumerable<string> FramesOf(DicomDataset dataset)
    {
        var top = new FrameAttributes(dataset, 0);
        return Items(dataset, DicomTag.StructureSetROISequence).Select(roi => FrameOf(new FrameAttributes(roi, 0), top)).OfType<string>();
    }

    private static string? FrameOf(FrameAttributes roi, FrameAttributes top) =>
        roi.Text(DicomTag.ReferencedFrameOfReferenceUID) ?? top.Text(DicomTag.FrameOfReferenceUID);

    private static ContourRegion Shape(Contour?[] closed, int open, int mostVoxels)
    {
        if (closed.Length == 0)
        {
            throw new RadiomicsException(
                "RoiUnreadable",
                open == 0
                    ? "The region of interest was found in the structure set, but it has no contours. Draw it, or send the structure set that has it drawn."
                    : $"The region of interest was found in the structure set, but its {open} contours are points or open lines (ContourGeometricType), which enclose nothing. Export it with closed contours (CLOSED_PLANAR).");
        }

        return closed.All(contour => contour is not null)
            ? new ContourRegion([.. closed.OfType<Contour>()], mostVoxels)
            : throw new RadiomicsException(
                "RoiUnreadable",
                $"{closed.Count(contour => contour is null)} of the {closed.Length} contours of the region of interest can't be read: no type, or coordinates that are no numbers, no triples or larger than any scanner. Export the structure set again.");
    }

    /// <summary>The closed contours, null for one that can't be read, and how many others there are, which enclose nothing.</summary>
    private static (IReadOnlyList<Contour?> Closed, int Open) ReadContours(DicomDataset roiContour)
    {
        var open = 0;
        var contours = new List<Contour?>();
        foreach (var item in Items(roiContour, DicomTag.ContourSequence))
        {
            var facts = new FrameAttributes(item, 0);
            var kind = facts.Text(DicomTag.ContourGeometricType)?.ToUpperInvariant();
            if (kind is "POINT" or "OPEN_PLANAR" or "OPEN_NONPLANAR")
            {
                open++;
                continue;
            }

            var data = facts.Numbers(DicomTag.ContourData);
            contours.Add(kind is "CLOSED_PLANAR" or Xor && data.Length > 0 && data.Length % 3 == 0 && data.All(value => Math.Abs(value) < Farthest)
                ? new Contour([.. data.Chunk(3).Select(point => new Point3(point[0], point[1], point[2]))], kind == Xor)
                : null);
        }

        return (contours, open);
    }

    private static IEnumerable<DicomDataset> Items(DicomDataset dataset, DicomTag sequence) =>
        dataset.TryGetSequence(sequence, out var items) ? items.Items : [];
}
