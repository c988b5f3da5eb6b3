using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Decides which stack carries which name: one stack a name. The rule's rank comes first; inside a rule the one before contrast agent, without
/// fat saturation or diffusion weighting, that covers the whole region (or most of the body, where that isn't known), then an original, then
/// the one corrected as for reading. What is equal in all that is ambiguous for a sequence that must be the right one; for others the earliest
/// echo and phase, size and series number decide.
/// </summary>
internal sealed class SequenceSelection(
    IngestRules rules,
    double? tesla,
    IReadOnlyCollection<string> required,
    Func<SequenceCandidate, double?> roiShare,
    Func<SequenceCandidate, bool> lacksImages,
    SelectionLog log,
    ICollection<string> warnings)
{
    /// <summary>Names and their stacks, in ordinal order of the names. What is left out is said in the warnings.</summary>
    /// <exception cref="RadiomicsException"><c>SequenceAmbiguous</c>.</exception>
    public IReadOnlyList<NamedStack> Select(IEnumerable<IReadOnlyList<SliceStack>> series)
    {
        var chosen = new List<NamedStack>();
        var unnamed = new List<(SequenceCandidate Candidate, string? Name, SelectionOutcome Outcome, string Detail)>();
        var candidates = series.SelectMany(stacks => stacks.Select((stack, n) => SequenceCandidate.Of(stack, n + 1, tesla, rules))).ToArray();
        foreach (var candidate in candidates.Where(candidate => candidate.Rule is null))
        {
            unnamed.Add(candidate.Exclusion is { } exclusion
                ? (candidate, null, SelectionOutcome.Excluded, $"It is none of the sequences ({exclusion}).")
                : (candidate, null, SelectionOutcome.NoRule, "None of the rules fits it."));
        }

        RadiomicsException? ambiguous = null;
        foreach (var group in candidates.Where(candidate => candidate.Rule is not null).GroupBy(candidate => rules.Sequences[candidate.Rule!.Value].Name))
        {
            var ranked = Ranked([.. group]);
            var rivals = ranked.Skip(1).Where(candidate => candidate.LostTo(ranked[0]) == SelectionOutcome.Equal).ToArray();
            if (rivals.Length > 0 && ranked[0].IsUsable && required.Contains(group.Key))
            {
                ambiguous ??= Ambiguous(group.Key, ranked[0], rivals);
            }

            chosen.Add(Take(group.Key, ranked));
            foreach (var loser in ranked.Skip(1))
            {
                var outcome = loser.LostTo(ranked[0]);
                unnamed.Add((loser, group.Key, outcome, $"{Label(ranked[0])} was taken: {Why(outcome)}."));
            }
        }

        LeaveOut(unnamed, chosen);
        return ambiguous is null ? [.. chosen.OrderBy(named => named.Name, StringComparer.Ordinal)] : throw ambiguous;
    }

    /// <summary>How much of the region each covers, and whether it is complete, is asked only where it decides.</summary>
    private IReadOnlyList<SequenceCandidate> Ranked(SequenceCandidate[] candidates) =>
        candidates.Length == 1 ? candidates : SequenceCandidate.Ranked(candidates.Select(candidate => candidate with
        {
            RoiShare = roiShare(candidate),
            LacksImages = lacksImages(candidate),
        }));

    private NamedStack Take(string name, IReadOnlyList<SequenceCandidate> ranked)
    {
        var taken = ranked[0];
        var detail = "";
        if (ranked.Count > 1)
        {
            var reasons = ranked.Skip(1).Select(candidate => candidate.LostTo(taken)).Distinct().Order().Select(Why);
            detail = $"{ranked.Count} series fit {name}; {Label(taken)} was taken: {string.Join("; ", reasons)}.";
            warnings.Add(detail);
        }

        if (taken.IsPostContrast && required.Contains(name))
        {
            warnings.Add($"{name}: {Label(taken)} was acquired after contrast agent had been given; the study has none from before.");
        }

        log.Add(taken, name, SelectionOutcome.Taken, detail);
        return new NamedStack(name, taken.Stack) { Next = Next(name, ranked) };
    }

    /// <summary>
    /// What may be taken in turn where the first proves unusable: of other series only, since a later echo or phase is another image. Where
    /// everything is admitted each has a name of its own already, and among equals a required sequence stays refused.
    /// </summary>
    private IReadOnlyList<NamedStack> Next(string name, IReadOnlyList<SequenceCandidate> ranked)
    {
        var next = new List<NamedStack>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { ranked[0].Stack.Series.SeriesUid };
        for (var i = 1; i < ranked.Count && !rules.AdmitUnclassified; i++)
        {
            var candidate = ranked[i];
            if (!candidate.MayReplace(ranked[0]) || !seen.Add(candidate.Stack.Series.SeriesUid))
            {
                continue;
            }

            if (required.Contains(name) && ranked.Skip(i + 1).Any(rival => rival.LostTo(candidate) == SelectionOutcome.Equal))
            {
                break;
            }

            next.Add(new NamedStack(name, candidate.Stack));
        }

        return next;
    }

    private void LeaveOut(List<(SequenceCandidate Candidate, string? Name, SelectionOutcome Outcome, string Detail)> unnamed, List<NamedStack> chosen)
    {
        foreach (var (candidate, name, outcome, detail) in unnamed
            .OrderBy(item => item.Candidate.Stack.Series.SeriesNumber ?? 0)
            .ThenBy(item => item.Candidate.Stack.First.Entry)
            .ThenBy(item => item.Candidate.Stack.First.Frame))
        {
            if (rules.AdmitUnclassified)
            {
                var own = Free($"{Prefix}_{candidate.Stack.Series.SeriesNumber ?? 0}", chosen);
                chosen.Add(new NamedStack(own, candidate.Stack));
                log.Add(candidate, own, SelectionOutcome.Admitted, detail, candidate.Exclusion);
            }
            else
            {
                log.Add(candidate, name, outcome, detail, candidate.Exclusion);
            }
        }

        if (!rules.AdmitUnclassified && unnamed.Where(item => item.Name is null).ToArray() is { Length: > 0 } none)
        {
            var series = SeriesNumbers.Of(none.Select(item => item.Candidate.Stack.Series));
            warnings.Add($"{char.ToUpperInvariant(series[0])}{series[1..]} were left out: none of the profile's sequences.");
        }
    }

    private string Prefix => rules.Modality switch { ImageModality.Ct => "CT", ImageModality.Pet => "PT", _ => "MR" };

    private static string Free(string stem, List<NamedStack> taken)
    {
        var name = stem;
        for (var n = 2; taken.Exists(other => other.Name == name); n++)
        {
            name = $"{stem}_{n}";
        }

        return name;
    }

    private static RadiomicsException Ambiguous(string name, SequenceCandidate taken, IEnumerable<SequenceCandidate> rivals)
    {
        SequenceCandidate[] all = [taken, .. rivals];
        var isOneSeries = all.DistinctBy(candidate => candidate.Stack.Series.SeriesUid).Count() == 1;
        var series = SeriesNumbers.Of(all.Select(candidate => candidate.Stack.Series));
        return new RadiomicsException(
            "SequenceAmbiguous",
            isOneSeries
                ? $"The model reads {name}, and {series} has {all.Length} phases after contrast agent that fit it equally well. Send the {name} series from before contrast agent."
                : $"The model reads {name}, and {series} fit it equally well. Send only the one to be used.");
    }

    private static string Label(SequenceCandidate candidate) => SeriesNumbers.Of([candidate.Stack.Series]);

    private static string Why(SelectionOutcome outcome) => outcome switch
    {
        SelectionOutcome.LaterRule => "an earlier rule fits it",
        SelectionOutcome.PostContrast => "it was acquired before contrast agent",
        SelectionOutcome.FatSaturated => "its fat is not saturated",
        SelectionOutcome.Diffusion => "it is not diffusion-weighted",
        SelectionOutcome.CoversLess => "it covers more",
        SelectionOutcome.Derived => "it is an original, or corrected as for reading",
        SelectionOutcome.LaterPhase => "it is the first echo or phase",
        SelectionOutcome.Unusable => "another can't be made into a volume",
        _ => "by size and number, since nothing else sets them apart",
    };
}
