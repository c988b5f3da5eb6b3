namespace Radiomics.Learning;

/// <summary>One fold of the outer cross-validation.</summary>
/// <param name="Repeat">Which repeat, from 0.</param>
/// <param name="Number">Which fold of the repeat, from 0.</param>
/// <param name="Training">Cases that everything is fitted on, ascending.</param>
/// <param name="Held">Cases that are scored, ascending.</param>
internal sealed record OuterFold(int Repeat, int Number, int[] Training, int[] Held)
{
    /// <summary>All folds, repeat after repeat. They depend on patients and labels alone, so that candidates of all sequences with the same cases share them.</summary>
    public static OuterFold[] All(IReadOnlyList<LearningCase> cases, ProtocolSettings settings)
    {
        var folds = new List<OuterFold>();
        for (var repeat = 0; repeat < settings.OuterRepeats; repeat++)
        {
            var assigned = StratifiedFolds.Assign(cases, settings.OuterFolds, Seeds.Derive(settings.Seed, "outer folds", repeat));
            for (var number = 0; number < settings.OuterFolds; number++)
            {
                folds.Add(new(
                    repeat,
                    number,
                    [.. Enumerable.Range(0, assigned.Length).Where(i => assigned[i] != number)],
                    [.. Enumerable.Range(0, assigned.Length).Where(i => assigned[i] == number)]));
            }
        }

        return [.. folds];
    }
}
