namespace Radiomics.Learning;

/// <summary>Stratified k-fold cross-validation in which everything that learns, selection and scaling included, sees the training folds only.</summary>
internal static class CrossValidation
{
    /// <summary>A probability a case, from the model that hadn't seen it.</summary>
    public static double[] Predict(FeatureTable cohort, TrainingRequest request)
    {
        var folds = Folds(cohort.Labels, request.Folds, request.Seed);
        var predictions = new double[folds.Length];
        for (var fold = 0; fold < request.Folds; fold++)
        {
            int[] training = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)];
            var (model, _) = LogisticTrainer.Fit(cohort, training, request);
            var columns = model.Features.Select(f => Array.IndexOf(cohort.Names, f.Name)).ToArray();
            for (var i = 0; i < folds.Length; i++)
            {
                if (folds[i] == fold)
                {
                    predictions[i] = model.Probability([.. columns.Select(c => cohort.Values[i][c])]);
                }
            }
        }

        return predictions;
    }

    /// <summary>The figures for the card.</summary>
    public static Evaluation Evaluate(double[] predictions, bool[] labels, double threshold)
    {
        var (sensitivity, specificity) = Roc.At(predictions, labels, threshold);
        return new()
        {
            Cases = labels.Length,
            Positives = labels.Count(l => l),
            Auc = Roc.Auc(predictions, labels),
            AucInterval = new(0, 1),
            Threshold = threshold,
            Accuracy = predictions.Zip(labels, (p, l) => p >= threshold == l).Count(right => right) / (double)labels.Length,
            Sensitivity = sensitivity,
            Specificity = specificity,
            PositivePredictiveValue = null,
            NegativePredictiveValue = null,
            Brier = predictions.Zip(labels, (p, l) => (p - (l ? 1 : 0)) * (p - (l ? 1 : 0))).Average(),
            CalibrationSlope = null,
            CalibrationIntercept = null,
            Roc = [],
            Calibration = [],
            Decision = [],
        };
    }

    /// <summary>A fold a case: each class is shuffled and dealt out in turn.</summary>
    private static int[] Folds(bool[] labels, int count, int seed)
    {
        var random = new Random(seed);
        var folds = new int[labels.Length];
        var dealt = 0;
        foreach (var label in (ReadOnlySpan<bool>)[true, false])
        {
            int[] members = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
            random.Shuffle(members);
            foreach (var member in members)
            {
                folds[member] = dealt++ % count;
            }
        }

        return folds;
    }
}
