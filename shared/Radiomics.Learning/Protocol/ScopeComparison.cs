namespace Radiomics.Learning;

/// <summary>
/// Whether other centers' cases would have helped: the winner's candidate trained for this center alone, with all batches as they are, and with all batches
/// harmonised by ComBat. Judged on this center's training cases in the same outer folds; other batches are only ever added to what a fold learns from,
/// and never a patient who is held out.
/// </summary>
internal static class ScopeComparison
{
    /// <summary>The scopes, <c>center</c> first; empty where there is nothing to compare with.</summary>
    /// <param name="own">This center's training split.</param>
    /// <param name="winner">The winner's result on it.</param>
    /// <param name="others">The same sequence elsewhere; only their training splits are used.</param>
    /// <param name="settings">The protocol.</param>
    /// <param name="cancellation">Stops between two folds.</param>
    public static IReadOnlyList<ScopeCard> Compare(
        SequenceData own, CandidateResult winner, IReadOnlyList<SequenceData> others, ProtocolSettings settings, CancellationToken cancellation)
    {
        var usable = Usable(own, others, settings);
        if (usable.Length == 0)
        {
            return [];
        }

        var pool = Pool(own, usable);
        bool[] labels = [.. own.Cases.Select(c => c.Label)];
        return
        [
            new("center", winner.CvAuc, DeLong.Interval(winner.OutOfFold, labels), null),
            Scope("pooled", (_, data) => data),
            Scope("harmonised", Harmonise),
        ];

        ScopeCard Scope(string name, Func<int[], SequenceData, SequenceData> prepare)
        {
            var result = NestedCrossValidation.Run(
                own.Cases, [winner.Candidate], settings, fold => Sample(fold, own.Cases.Count, pool, prepare), cancellation)[0];
            return new(
                name,
                result.CvAuc,
                DeLong.Interval(result.OutOfFold, labels),
                DeLong.Paired(result.OutOfFold, winner.OutOfFold, labels).TwoSidedP);
        }
    }

    /// <summary>Features of other settings or another engine are other features.</summary>
    public static bool IsComparable(SequenceData own, SequenceData other) =>
        other.SettingsHash == own.SettingsHash && other.EngineVersion == own.EngineVersion;

    /// <summary>This center's covariates whose effect the harmonised scope can't keep: other batches lack them, or batches and other covariates explain them.</summary>
    public static IReadOnlyList<string> CovariatesNotKept(SequenceData own, IReadOnlyList<SequenceData> others, ProtocolSettings settings)
    {
        var usable = Usable(own, others, settings);
        if (usable.Length == 0)
        {
            return [];
        }

        var pool = Pool(own, usable);
        var cases = pool.Cases.Count;
        var combat = ComBat.Fit(new(cases, [], []), [.. pool.Cases.Select(c => c.Batch)], pool.Covariates, [.. Enumerable.Range(0, cases)]);
        return [.. own.Covariates.Names.Where(name => !pool.Covariates.Names.Contains(name) || combat.UnusedCovariates.Contains(name))];
    }

    /// <summary>The training splits to pool with, in ordinal order of their batches.</summary>
    private static SequenceData[] Usable(SequenceData own, IReadOnlyList<SequenceData> others, ProtocolSettings settings) =>
    [
        .. others.Where(other => settings.ComparePooled && IsComparable(own, other))
            .Select(other => other.Only(CohortSplit.Train).InOrder())
            .Where(other => other.Cases.Count > 0)
            .OrderBy(other => other.Cases[0].Batch, StringComparer.Ordinal),
    ];

    /// <summary>What the fold doesn't use isn't in its table.</summary>
    private static FoldSample Sample(OuterFold fold, int own, SequenceData pool, Func<int[], SequenceData, SequenceData> prepare)
    {
        var held = fold.Held.Select(i => pool.Cases[i].Patient).ToHashSet(StringComparer.Ordinal);
        int[] training = [.. fold.Training, .. Enumerable.Range(own, pool.Cases.Count - own).Where(i => !held.Contains(pool.Cases[i].Patient))];
        var data = pool.Rows([.. training, .. fold.Held]);
        int[] rows = [.. Enumerable.Range(0, data.Cases.Count)];
        return new(prepare(rows[..training.Length], data), rows[..training.Length], rows[training.Length..]);
    }

    /// <summary>ComBat fitted on the training rows, covariates kept.</summary>
    private static SequenceData Harmonise(int[] training, SequenceData data)
    {
        string[] batches = [.. data.Cases.Select(c => c.Batch)];
        var covariates = data.Covariates.Names.Count == 0 ? null : data.Covariates;
        return data with { Radiomics = ComBat.Fit(data.Radiomics, batches, covariates, training).Apply(data.Radiomics, batches, covariates) };
    }

    /// <summary>One table: this center's cases first, then the others'; the features and covariates that all have.</summary>
    private static SequenceData Pool(SequenceData own, SequenceData[] others)
    {
        SequenceData[] all = [own, .. others];
        return own with
        {
            Cases = [.. all.SelectMany(data => data.Cases)],
            Radiomics = Stack([.. all.Select(data => data.Radiomics)]),
            Covariates = Stack([.. all.Select(data => data.Covariates)]),
        };
    }

    private static FeatureMatrix Stack(FeatureMatrix[] parts)
    {
        var columns = parts.Select(part => part.Names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => part.Columns[n.i], StringComparer.Ordinal)).ToArray();
        string[] names = [.. parts[0].Names.Where(name => columns.All(part => part.ContainsKey(name)))];
        return new(parts.Sum(part => part.Cases), names, [.. names.Select(name => columns.SelectMany(part => part[name]).ToArray())]);
    }
}
