using System.Globalization;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>An RTSTRUCT to be built: one ROI.</summary>
public sealed record StructureSetObject
{
    public string Name { get; init; } = "Liver";

    public string FrameOfReference { get; init; } = TestStudy.Uid("9");

    /// <summary>Polygons in mm, LPS.</summary>
    public IReadOnlyList<IReadOnlyList<Point3>> Contours { get; init; } = [];

    public DicomDataset Build(TestStudy study, int n)
    {
        var dataset = study.Header(DicomUID.RTStructureSetStorage, TestStudy.Uid($"4.{n}.1"), TestStudy.Uid($"4.{n}"), 950 + n, "RTSTRUCT");
        dataset.Add(DicomTag.FrameOfReferenceUID, FrameOfReference);
        dataset.Add(new DicomSequence(DicomTag.StructureSetROISequence, new DicomDataset
        {
            { DicomTag.ROINumber, "1" },
            { DicomTag.ReferencedFrameOfReferenceUID, FrameOfReference },
            { DicomTag.ROIName, Name },
        }));
        dataset.Add(new DicomSequence(DicomTag.ROIContourSequence, new DicomDataset
        {
            new DicomSequence(DicomTag.ContourSequence, [.. Contours.Select(Item)]),
            { DicomTag.ReferencedROINumber, "1" },
        }));
        return dataset;
    }

    /// <summary>A rectangle in slice <paramref name="k"/> of <paramref name="grid"/>, given by voxel indices of its sides.</summary>
    public static IReadOnlyList<Point3> Rectangle(VolumeGeometry grid, double left, double right, double top, double bottom, int k) =>
        [grid.ToPatient(left, top, k), grid.ToPatient(right, top, k), grid.ToPatient(right, bottom, k), grid.ToPatient(left, bottom, k)];

    private static DicomDataset Item(IReadOnlyList<Point3> points) => new()
    {
        { DicomTag.ContourGeometricType, "CLOSED_PLANAR" },
        { DicomTag.NumberOfContourPoints, points.Count.ToString(CultureInfo.InvariantCulture) },
        { DicomTag.ContourData, points.SelectMany(TestStudy.Texts).ToArray() },
    };
}
