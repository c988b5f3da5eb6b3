namespace Radiomics.Learning;

/// <summary>The L1 penalty by cross-validation: the largest whose held-out deviance is within some standard errors of the best one's.</summary>
internal static class PenaltyChoice
{
    private const double Constant = 1e-9;

    /// <summary>
    /// The L1 model at the chosen penalty, fitted to all cases. Where the rule would select nothing, the largest penalty that selects anything is taken; so it is where
    /// fewer than two folds can be held out.
    /// </summary>
    /// <param name="columns">z-scores, a column a feature; at least one.</param>
    /// <param name="labels">Class of each case; both occur.</param>
    /// <param name="folds">Fold of each case.</param>
    /// <param name="settings">Length and depth of the path, and the rule.</param>
    /// <param name="cancellation">Looked at before each penalty.</param>
    public static LassoFit Fit(double[][] columns, bool[] labels, int[] folds, SelectionSettings settings, CancellationToken cancellation = default)
    {
        var penalties = LassoPath.Penalties(columns, labels, settings.Penalties, settings.SmallestPenalty);
        var path = LassoPath.Fit(columns, labels, penalties, cancellation);
        var chosen = ByRule(Deviances(columns, labels, folds, penalties, cancellation), settings.StandardErrors);
        return path.Skip(chosen).FirstOrDefault(fit => fit.SelectsAny) ?? path[chosen];
    }

    /// <summary>Index of the largest penalty within <paramref name="standardErrors"/> of the least mean deviance; 0 with fewer than two folds.</summary>
    /// <param name="folds">Cases held out in each fold and their mean deviance by penalty.</param>
    /// <param name="standardErrors">How many standard errors of the least one.</param>
    public static int ByRule(IReadOnlyList<(int Cases, double[] Deviance)> folds, double standardErrors)
    {
        if (folds.Count < 2)
            return 0;
        double total = folds.Sum(fold => fold.Cases);
        var means = Array.ConvertAll(folds[0].Deviance, _ => 0.0);
        foreach (var (cases, deviance) in folds)
        {
            Vectors.Add(means, cases / total, deviance);
        }

        var best = Array.IndexOf(means, means.Min());
        var variance = folds.Sum(fold => fold.Cases / total * Math.Pow(fold.Deviance[best] - means[best], 2)) / (folds.Count - 1);
        var limit = means[best] + standardErrors * Math.Sqrt(variance);
        return Array.FindIndex(means, mean => mean <= limit);
    }

    private static List<(int Cases, double[] Deviance)> Deviances(
        double[][] columns, bool[] labels, int[] folds, double[] penalties, CancellationToken cancellation)
    {
        var deviances = new List<(int, double[])>();
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            int[] training = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)];
            int[] heldOut = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold)];
            var classes = Array.ConvertAll(training, i => labels[i]);
            if (heldOut.Length == 0 || !classes.Contains(true) || !classes.Contains(false))
                continue;
            var (inside, outside) = Split(columns, training, heldOut);
            var truth = Array.ConvertAll(heldOut, i => labels[i]);
            var path = LassoPath.Fit(inside, classes, penalties, cancellation);
            deviances.Add((heldOut.Length, Array.ConvertAll(path, fit => Deviance(fit, outside, truth))));
        }

        return deviances;
    }

    // The columns of both parts, standardised anew by the training part.
    private static (double[][] Training, double[][] HeldOut) Split(double[][] columns, int[] training, int[] heldOut)
    {
        var inside = new double[columns.Length][];
        var outside = new double[columns.Length][];
        for (var j = 0; j < columns.Length; j++)
        {
            var column = columns[j];
            inside[j] = Array.ConvertAll(training, i => column[i]);
            outside[j] = Array.ConvertAll(heldOut, i => column[i]);
            var scale = Standardisation.Of(inside[j]);
            // What varies by rounding only in this part is constant.
            scale = scale with { Deviation = scale.Deviation > Constant ? scale.Deviation : 0 };
            scale.Apply(inside[j]);
            scale.Apply(outside[j]);
        }

        return (inside, outside);
    }

    // Mean of −2 log-likelihood over the cases.
    private static double Deviance(LassoFit fit, double[][] columns, bool[] labels)
    {
        var logOdds = new double[labels.Length];
        Array.Fill(logOdds, fit.Intercept);
        for (var j = 0; j < columns.Length; j++)
        {
            if (fit.Coefficients[j] != 0)
                Vectors.Add(logOdds, fit.Coefficients[j], columns[j]);
        }

        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var wrong = labels[i] ? -logOdds[i] : logOdds[i];
            sum += Math.Max(0, wrong) + Math.Log(1 + Math.Exp(-Math.Abs(wrong)));
        }

        return 2 * sum / labels.Length;
    }
}
