namespace Radiomics.DicomWeb.Http;

/// <summary>A resource of the studies service (PS3.18 table 10.1.1-1): where it is, and how that reads without UIDs.</summary>
/// <param name="Path">Below version and partition, without a leading slash.</param>
/// <param name="Template">The same with names in place of UIDs, which may be told.</param>
/// <param name="NotFound">Code of the error when it isn't there.</param>
internal sealed record DicomRoute(string Path, string Template, string NotFound)
{
    public static DicomRoute Studies { get; } = Collection("studies");

    public static DicomRoute Study(string study) => new($"studies/{DicomUids.Require(study)}", "studies/{study}", "StudyNotFound");

    public static DicomRoute Series(string study, string series) =>
        Study(study).Below($"series/{DicomUids.Require(series)}", "series/{series}") with { NotFound = "SeriesNotFound" };

    public static DicomRoute Instance(string study, string series, string instance) =>
        Series(study, series).Below($"instances/{DicomUids.Require(instance)}", "instances/{instance}") with { NotFound = "InstanceNotFound" };

    /// <summary>Everything of a level, wherever it belongs.</summary>
    public static DicomRoute Collection(string level) => new(level, level, "DicomServiceRefused");

    /// <summary>A resource below this one.</summary>
    public DicomRoute Below(string level) => Below(level, level);

    private DicomRoute Below(string path, string template) => this with { Path = $"{Path}/{path}", Template = $"{Template}/{template}" };
}
