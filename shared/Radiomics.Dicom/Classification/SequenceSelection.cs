namespace Radiomics.Dicom;

/// <summary>Decides which stack carries which name: one stack a name.</summary>
internal static class SequenceSelection
{
    /// <summary>Names and their stacks, in ordinal order of the names. What is left out is said in <paramref name="warnings"/>.</summary>
    public static IReadOnlyList<NamedStack> Select(
        IReadOnlyList<SliceStack> stacks,
        double? tesla,
        IngestRules rules,
        ICollection<string> warnings)
    {
        var chosen = new List<NamedStack>();
        var unnamed = new List<SliceStack>();
        var candidates = stacks.Select(stack => (Stack: stack, Name: SequenceClassifier.NameOf(stack, tesla, rules.Sequences)));
        foreach (var group in candidates.GroupBy(candidate => candidate.Name, candidate => candidate.Stack))
        {
            if (group.Key is not { } name)
            {
                unnamed.AddRange(group);
                continue;
            }

            var ranked = group
                .OrderByDescending(stack => stack.First.ImageType.FirstOrDefault() == "ORIGINAL")
                .ThenByDescending(stack => (long)stack.Slices.Count * stack.First.Rows * stack.First.Columns)
                .ThenBy(stack => stack.Series.SeriesNumber)
                .ThenBy(stack => stack.First.Entry)
                .ThenBy(stack => stack.First.Frame)
                .ToArray();
            chosen.Add(new NamedStack(name, ranked[0]));
            unnamed.AddRange(ranked[1..]);
            if (ranked.Length > 1)
            {
                warnings.Add($"{ranked.Length} series fit {name}; series {Number(ranked[0])} was taken, as an original or the largest.");
            }
        }

        if (rules.AdmitUnclassified)
        {
            Admit(unnamed, chosen);
        }
        else if (unnamed.Count > 0)
        {
            var numbers = unnamed.Select(Number).Distinct().Order().ToArray();
            warnings.Add($"Series {string.Join(", ", numbers)} were left out: none of the profile's sequences.");
        }

        return [.. chosen.OrderBy(named => named.Name, StringComparer.Ordinal)];
    }

    private static void Admit(IEnumerable<SliceStack> stacks, List<NamedStack> chosen)
    {
        foreach (var stack in stacks.OrderBy(Number).ThenBy(stack => stack.First.Entry).ThenBy(stack => stack.First.Frame))
        {
            var stem = $"MR_{Number(stack)}";
            var name = stem;
            for (var n = 2; chosen.Exists(other => other.Name == name); n++)
            {
                name = $"{stem}_{n}";
            }

            chosen.Add(new NamedStack(name, stack));
        }
    }

    private static int Number(SliceStack stack) => stack.Series.SeriesNumber ?? 0;
}
