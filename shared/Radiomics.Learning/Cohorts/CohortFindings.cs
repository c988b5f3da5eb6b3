namespace Radiomics.Learning;

/// <summary>Collects findings.</summary>
internal sealed class CohortFindings
{
    private readonly List<CohortFinding> _findings = [];

    /// <summary>The cohort can't be used as it is.</summary>
    public void Error(int line, string code, string text) => _findings.Add(new(line, code, FindingSeverity.Error, text));

    /// <summary>The cohort can be used all the same.</summary>
    public void Warning(int line, string code, string text) => _findings.Add(new(line, code, FindingSeverity.Warning, text));

    /// <summary>In the order of lines; where there are too many, errors are kept before warnings.</summary>
    public IReadOnlyList<CohortFinding> List(int max)
    {
        if (_findings.Count <= max)
        {
            return [.. _findings.OrderBy(finding => finding.Line)];
        }

        var kept = _findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Line).Take(max).OrderBy(finding => finding.Line);
        return [.. kept, new(0, "MoreFindings", FindingSeverity.Warning, $"{_findings.Count - max} more findings are not listed; put these right first.")];
    }
}
