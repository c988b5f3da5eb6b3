namespace Radiomics.Learning;

/// <summary>What resubstitution of the winner promises too much: selection and learner are fitted anew in every resample of the patients.</summary>
internal static class OptimismBootstrap
{
    /// <summary>More resamples would move the mean by less than its own error, and each costs a whole fit.</summary>
    private const int MaxBootstraps = 200;

    /// <summary>For the winner on the whole training split, whose AUC on the cases it was fitted to is <paramref name="apparentAuc"/>.</summary>
    public static OptimismCard Estimate(
        SequenceData training, Candidate winner, double apparentAuc, ProtocolSettings settings, CancellationToken cancellation)
    {
        int[] all = [.. Enumerable.Range(0, training.Cases.Count)];
        var innerFolds = Seeds.Derive(settings.Seed, "optimism inner folds");
        var estimate = Optimism.Estimate(
            all.Length,
            [.. training.Cases.Select(c => c.Label)],
            Math.Min(settings.Bootstraps, MaxBootstraps),
            Seeds.Derive(settings.Seed, "optimism"),
            rows =>
            {
                var fitted = FittedCandidate.Fit(training, rows, winner, settings, innerFolds, withMlNetModel: false, cancellation);
                return (Auc(fitted, training, rows), Auc(fitted, training, all));
            },
            [.. training.Cases.Select(c => c.Patient)],
            cancellation);
        return new(apparentAuc, estimate.Mean, apparentAuc - estimate.Mean, estimate.Bootstraps);
    }

    private static double Auc(FittedCandidate fitted, SequenceData data, int[] rows) =>
        Roc.Auc(fitted.Score(data, rows), Array.ConvertAll(rows, row => data.Cases[row].Label));
}
