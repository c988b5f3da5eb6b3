using System.Globalization;
using FellowOakDicom;
using Radiomics.DicomWeb.Http;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb.Search;

/// <summary>A query as the service takes it.</summary>
/// <param name="Route">Where it is asked.</param>
/// <param name="Identity">The attribute that tells its results apart.</param>
/// <param name="Parameters">Its parameters without paging, escaped.</param>
/// <param name="PageSize">Results at a time.</param>
internal sealed record SearchRequest(DicomRoute Route, DicomTag Identity, string Parameters, int PageSize)
{
    public static SearchRequest Studies(DicomQuery query)
    {
        if (query.SeriesUid is not null)
            throw Invalid("studies aren't in a series");
        var matches = query.StudyUid is { } study ? [new(DicomTag.StudyInstanceUID, DicomUids.Require(study)), .. query.Matches] : query.Matches.ToArray();
        return Create(DicomRoute.Studies, DicomTag.StudyInstanceUID, query, matches);
    }

    public static SearchRequest Series(DicomQuery query)
    {
        if (query.SeriesUid is not null)
            throw Invalid("series aren't in a series; match SeriesInstanceUID");
        return Create(
            query.StudyUid is { } study ? DicomRoute.Study(study).Below("series") : DicomRoute.Collection("series"),
            DicomTag.SeriesInstanceUID, query, [.. query.Matches]);
    }

    public static SearchRequest Instances(DicomQuery query)
    {
        var route = query switch
        {
            { StudyUid: { } study, SeriesUid: { } series } => DicomRoute.Series(study, series).Below("instances"),
            { StudyUid: { } study } => DicomRoute.Study(study).Below("instances"),
            { SeriesUid: not null } => throw Invalid("a series is searched in its study"),
            _ => DicomRoute.Collection("instances"),
        };
        return Create(route, DicomTag.SOPInstanceUID, query, [.. query.Matches]);
    }

    /// <summary>The query string for the results from <paramref name="offset"/> on.</summary>
    public string Page(int offset, int pageSize) =>
        string.Create(CultureInfo.InvariantCulture, $"?{Parameters}limit={pageSize}&offset={offset}");

    private static SearchRequest Create(DicomRoute route, DicomTag identity, DicomQuery query, KeyValuePair<DicomTag, string>[] matches)
    {
        if (query.PageSize is < 1 or > DicomQuery.LargestPage)
            throw Invalid($"a page has 1 to {DicomQuery.LargestPage} results");
        var parameters = matches.Select(match => $"{Key(match.Key)}={Uri.EscapeDataString(match.Value)}&")
            .Concat(query.IncludeAll ? ["includefield=all&"] : query.IncludeFields.Select(tag => $"includefield={Key(tag)}&"));
        return new(route, identity, string.Concat(parameters), query.PageSize);
    }

    private static string Key(DicomTag tag) => $"{tag.Group:X4}{tag.Element:X4}";

    private static RadiomicsException Invalid(string what) => new("DicomQueryInvalid", $"The query can't be asked: {what}.");
}
