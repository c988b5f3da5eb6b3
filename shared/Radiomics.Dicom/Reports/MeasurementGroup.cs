using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// The measurement group of one sequence: by TID 1411 where the region is a DICOM object, else by TID 1501, which refers to images only (PS3.16).
/// </summary>
internal static class MeasurementGroup
{
    public static DicomDataset Create(MeasurementReport report, LiverMeasurements group, SourceStudy source) => ContentItem.Container(
        ContentItem.Contains,
        Concepts.MeasurementGroup,
        source.Region is null ? "1501" : "1411",
        [
            ContentItem.Text(ContentItem.HasObservationContext, Concepts.TrackingIdentifier, $"Liver, {group.Sequence}"),
            ContentItem.Uid(ContentItem.HasObservationContext, Concepts.TrackingUid, StructuredReport.UidOf("tracking", report.Id, source.StudyUid, group.Sequence)),
            ContentItem.Code(ContentItem.Contains, Concepts.Finding, Concepts.Liver),
            .. Algorithm(report),
            ContentItem.Code(ContentItem.HasConceptModifier, Concepts.FindingSite, Concepts.Liver),
            .. References(group, source),
            ContentItem.Number(
                Concepts.Volume,
                group.VolumeMl,
                "mL",
                ContentItem.Code(ContentItem.HasConceptModifier, Concepts.MeasurementMethod, Concepts.SumOfVoxelVolumes)),
            .. group.Features.Select(Feature),
            .. group.Outcome is { } outcome ? Conclusion(outcome) : [],
            ContentItem.Text(ContentItem.Contains, Concepts.Comment, report.Notice),
            .. report.Warnings.Select(warning => ContentItem.Text(ContentItem.Contains, Concepts.Comment, warning)),
        ]);

    /// <summary>TID 4019.</summary>
    private static IEnumerable<DicomDataset> Algorithm(MeasurementReport report) =>
    [
        ContentItem.Text(ContentItem.HasConceptModifier, Concepts.AlgorithmName, report.Algorithm),
        ContentItem.Text(ContentItem.HasConceptModifier, Concepts.AlgorithmVersion, report.AlgorithmVersion),
        .. report.Parameters.Select(parameter => ContentItem.Text(ContentItem.HasConceptModifier, Concepts.AlgorithmParameters, parameter)),
    ];

    private static IEnumerable<DicomDataset> References(LiverMeasurements group, SourceStudy source)
    {
        var images = source.Series.FirstOrDefault(series => series.Sequence == group.Sequence)?.Images ?? [];
        if (source.Region is not { } region)
        {
            return images.Select(image => ContentItem.Image(Concepts.Source, image));
        }

        var drawn = region.Object.SopClassUid == DicomUID.RTStructureSetStorage.UID
            ? ContentItem.Composite(Concepts.RegionInSpace, region.Object)
            : ContentItem.Image(Concepts.ReferencedSegment, region.Object, region.Number);
        return images.Select(image => ContentItem.Image(Concepts.SourceImageForSegmentation, image)).Prepend(drawn);
    }

    private static DicomDataset Feature((string Tag, double? Value) feature)
    {
        var ibsi = IbsiFeatures.Of(feature.Tag);
        return ibsi.Aggregation is { } aggregation
            ? ContentItem.Number(
                ibsi.Concept,
                feature.Value,
                ibsi.Unit,
                ContentItem.Code(ContentItem.HasConceptModifier, Concepts.AggregationMethod, aggregation))
            : ContentItem.Number(ibsi.Concept, feature.Value, ibsi.Unit);
    }

    private static IEnumerable<DicomDataset> Conclusion(ReportedOutcome outcome) =>
    [
        ContentItem.Number(Concepts.Probability, outcome.Probability, "1"),
        ContentItem.Number(Concepts.Threshold, outcome.Threshold, "1"),
        ContentItem.Code(ContentItem.Contains, Concepts.Decision, outcome.IsPositive ? Concepts.Positive : Concepts.Negative),
        ContentItem.Text(ContentItem.Contains, Concepts.Outcome, outcome.Name),
    ];
}
