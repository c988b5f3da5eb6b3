using FellowOakDicom;

namespace Radiomics.DicomWeb;

/// <summary>What to search for (QIDO-RS, PS3.18 section 10.6). Matching is exact; fuzzy matching of names is not asked for.</summary>
public sealed record DicomQuery
{
    /// <summary>Most results that the DICOM service in Azure gives at a time.</summary>
    public const int LargestPage = 200;

    /// <summary>Searches inside this study; null searches all.</summary>
    public string? StudyUid { get; init; }

    /// <summary>Searches inside this series of <see cref="StudyUid"/>; null searches all.</summary>
    public string? SeriesUid { get; init; }

    /// <summary>Values that attributes must have. A date may be a range: <c>20250101-20250131</c>.</summary>
    public IReadOnlyDictionary<DicomTag, string> Matches { get; init; } = new Dictionary<DicomTag, string>();

    /// <summary>Attributes wanted beside those that the service gives by itself.</summary>
    public IReadOnlyList<DicomTag> IncludeFields { get; init; } = [];

    /// <summary>Wants every attribute that the service keeps for searching.</summary>
    public bool IncludeAll { get; init; }

    /// <summary>Results asked for at a time, 1 to <see cref="LargestPage"/>.</summary>
    public int PageSize { get; init; } = LargestPage;
}
