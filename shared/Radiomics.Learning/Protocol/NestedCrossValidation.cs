namespace Radiomics.Learning;

/// <summary>
/// Repeated stratified cross-validation around everything that learns: selection (with its own inner folds), standardisation and learner see the training
/// rows of a fold only. Folds run in parallel into slots and are put together in their order, so that the number of threads plays no part.
/// </summary>
internal static class NestedCrossValidation
{
    /// <summary>How each candidate does on the cases; <paramref name="sample"/> says what a fold learns from.</summary>
    public static IReadOnlyList<CandidateResult> Run(
        IReadOnlyList<LearningCase> cases,
        IReadOnlyList<Candidate> candidates,
        ProtocolSettings settings,
        Func<OuterFold, FoldSample> sample,
        CancellationToken cancellation,
        Action<int, int>? progress = null)
    {
        var folds = OuterFold.All(cases, settings);
        var slots = new FoldResult[folds.Length][];
        var done = 0;
        var counting = new Lock();
        InSlots.Run(folds.Length, cancellation, slot =>
        {
            slots[slot] = Fold(sample(folds[slot]), folds[slot], candidates, settings, cancellation);
            lock (counting)
            {
                // Counted and told at once: of two folds that end together the later count must not be told first.
                progress?.Invoke(++done, folds.Length);
            }
        });
        return [.. candidates.Select((candidate, c) => Result(candidate, cases, folds, [.. slots.Select(slot => slot[c])], settings.OuterRepeats))];
    }

    private static FoldResult[] Fold(
        FoldSample sample, OuterFold fold, IReadOnlyList<Candidate> candidates, ProtocolSettings settings, CancellationToken cancellation)
    {
        FeatureSet[] featureSets = [.. candidates.Select(candidate => candidate.FeatureSet).Distinct()];
        var selections = FeatureSelector.Fit(
            sample.Data,
            sample.Training,
            featureSets,
            settings.Selection,
            settings.InnerFolds,
            Seeds.Derive(settings.Seed, "inner folds", fold.Repeat, fold.Number),
            cancellation);
        var labels = Array.ConvertAll(sample.Held, row => sample.Data.Cases[row].Label);
        var results = new FoldResult[candidates.Count];
        for (var c = 0; c < results.Length; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            var selection = selections[candidates[c].FeatureSet];
            var fitted = FittedCandidate.Fit(sample.Data, sample.Training, selection, candidates[c].Learner, settings, withMlNetModel: false);
            var scores = fitted.Score(sample.Data, sample.Held);
            results[c] = new(scores, Roc.Auc(scores, labels), [.. selection.Features.Select(feature => feature.Name)]);
        }

        return results;
    }

    private static CandidateResult Result(Candidate candidate, IReadOnlyList<LearningCase> cases, OuterFold[] folds, FoldResult[] results, int repeats)
    {
        var sums = new double[cases.Count];
        var chosen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var slot = 0; slot < folds.Length; slot++)
        {
            for (var i = 0; i < folds[slot].Held.Length; i++)
            {
                sums[folds[slot].Held[i]] += results[slot].Scores[i];
            }

            foreach (var feature in results[slot].Chosen)
            {
                chosen[feature] = chosen.GetValueOrDefault(feature) + 1;
            }
        }

        return new()
        {
            Candidate = candidate,
            CvAuc = results.Average(result => result.Auc),
            FoldAucs = [.. results.Select(result => result.Auc)],
            OutOfFold = [.. sums.Select(sum => sum / repeats)],
            Chosen = chosen,
        };
    }

    private sealed record FoldResult(double[] Scores, double Auc, string[] Chosen);
}
