using System.Globalization;
using System.Text;

namespace EndToEnd.Tests.Faults;

/// <summary>Sums up what came of schedules, a line for each kind of fault.</summary>
internal static class FaultTable
{
    public static string Of(IReadOnlyList<FaultOutcome> outcomes)
    {
        var table = new StringBuilder("| fault | times | requests hit | in schedules | their uploads | as undisturbed | of these sent again | traces left |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            Append(table, kind.ToString(), outcomes.SelectMany(o => o.Schedule.Steps).Count(step => step.Kind == kind), outcomes.SelectMany(o => o.Hits).Where(hit => hit.Kind == kind).Sum(hit => hit.Hit),
                [.. outcomes.Where(o => o.Schedule.Steps.Any(step => step.Kind == kind))]);
        }

        Append(table, "events doubled, late, out of order", outcomes.Sum(o => o.Delivered), 0, outcomes);
        Append(table, "all", outcomes.Sum(o => o.Schedule.Steps.Count), outcomes.SelectMany(o => o.Hits).Sum(hit => hit.Hit), outcomes);
        return table.ToString();
    }

    private static void Append(StringBuilder table, string name, int times, int hits, IReadOnlyList<FaultOutcome> outcomes)
    {
        var whole = outcomes.Where(o => o.Findings.Count == 0).ToList();
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {times} | {(hits > 0 ? hits : "")} | {outcomes.Count} | {outcomes.Sum(o => o.Uploads)} | {whole.Sum(o => o.Uploads)} | {whole.Sum(o => o.SentAgain)} | {outcomes.Count - whole.Count} |\n");
    }
}
