using System.Globalization;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Output;

/// <summary>What verifying trails found, for people.</summary>
internal static class AuditReport
{
    private const int MostFindings = 20;

    /// <summary>A line for each trail, and what is wrong with it.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<AuditVerification> trails)
    {
        foreach (var trail in trails)
        {
            terminal.WriteLine(trail.Intact ? Whole(trail) : Broken(trail));
            foreach (var finding in trail.Findings.Take(MostFindings))
            {
                terminal.WriteLine($"  {finding}");
            }

            if (trail.Findings.Count > MostFindings)
            {
                terminal.WriteLine($"  and {trail.Findings.Count - MostFindings} more, which --json tells.");
            }
        }

        WriteKeys(terminal, trails);
        var heads = trails.Select(trail => trail.Head).OfType<NotedHead>().ToList();
        if (heads.Count > 0)
        {
            terminal.WriteLine("Heads to note down, somewhere else; 'radiomics audit verify --noted FILE' takes these lines:");
            heads.ForEach(head => terminal.WriteLine($"{head}"));
        }
    }

    /// <summary>Reads noted heads: such lines, or what <c>--json</c> wrote.</summary>
    public static IReadOnlyList<NotedHead> ReadNoted(string path)
    {
        var text = File.ReadAllText(path);
        var heads = text.TrimStart().StartsWith('{')
            ? FromJson(text)
            : text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(NotedHead.TryParse).OfType<NotedHead>();
        return heads.ToList() is { Count: > 0 } some
            ? some
            : throw new CommandException(ExitCodes.BadInput, "NoNotedHeads", $"The file '{path}' has no head that was noted down: lines of center, number and hash, or the JSON of an earlier 'audit verify'.");
    }

    private static IEnumerable<NotedHead> FromJson(string text)
    {
        try
        {
            var noted = System.Text.Json.JsonSerializer.Deserialize<Noted>(text, Extraction.RadiomicsJson.Options);
            return noted?.Heads ?? (noted?.Head is { } head ? [head] : []);
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private static string Whole(AuditVerification trail)
    {
        List<string> parts = [Counted(trail.Events, "event"), Counted(trail.Records, "prediction record"), Counted(trail.Anchors, "anchor")];
        if (trail.Timestamps > 0)
        {
            parts.Add(Counted(trail.Timestamps, "timestamp"));
        }

        if (trail.Unsigned > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"signed and anchored since {trail.SignedSince:yyyy-MM-dd HH:mm}Z. Before that, {Counted(trail.Unsigned, "line")} of an earlier version, chained and not signed: that nobody changed them until then isn't shown"));
        }

        return $"{trail.Center}: intact, {string.Join(", ", parts)}";
    }

    private static string Broken(AuditVerification trail) =>
        $"{trail.Center}: BROKEN at {trail.BrokenAt}{(trail.Findings.Count > 1 ? $" {Counted(trail.Findings.Count, "finding")}:" : "")}";

    private static void WriteKeys(Terminal terminal, IReadOnlyList<AuditVerification> trails)
    {
        var keys = trails.SelectMany(trail => trail.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (keys.Count > 0)
        {
            terminal.WriteLine(trails.All(trail => trail.KeysCompared)
                ? $"Vouched for by {string.Join(", ", keys)}."
                : $"Vouched for by {string.Join(", ", keys)}, which nothing was compared with: give the key that you know with --signed-by, or set Radiomics__Audit__Key.");
        }

        var authorities = trails.SelectMany(trail => trail.TimestampCertificates).Distinct(StringComparer.Ordinal).ToList();
        if (authorities.Count > 0)
        {
            terminal.WriteLine($"Timestamps by certificates with SHA-256 {string.Join(", ", authorities)}.");
        }
    }

    private static string Counted(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private sealed record Noted(IReadOnlyList<NotedHead>? Heads, NotedHead? Head);
}
