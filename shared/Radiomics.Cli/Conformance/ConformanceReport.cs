using Radiomics.Extraction;

namespace Radiomics.Cli.Conformance;

/// <summary>What came of all groups. Members of its JSON are only added as long as <see cref="SchemaVersion"/> stays.</summary>
internal sealed record ConformanceReport(IReadOnlyList<ConformanceGroup> Groups)
{
    public int SchemaVersion { get; } = 1;

    public string EngineVersion { get; } = FeatureExtractor.EngineVersion;

    /// <summary>Whether everything that was compared conforms, and something was.</summary>
    public bool Conforms { get; } = Groups.All(g => g.Conforms) && Groups.Any(g => g.Compared > 0);

    /// <summary>Reference values compared, voxels of response maps not counted.</summary>
    public int Values { get; } = Groups.Where(g => g.Part != ConformanceRun.ResponseMaps).Sum(g => g.Compared);

    /// <summary>How many of them conform.</summary>
    public int ValuesWithin { get; } = Groups.Where(g => g.Part != ConformanceRun.ResponseMaps).Sum(g => g.Within);

    /// <summary>Response maps compared.</summary>
    public int Maps { get; } = Groups.Count(g => g.Part == ConformanceRun.ResponseMaps && g.Missing is null);

    /// <summary>How many of them conform.</summary>
    public int MapsWithin { get; } = Groups.Count(g => g.Part == ConformanceRun.ResponseMaps && g.Missing is null && g.Conforms);
}
