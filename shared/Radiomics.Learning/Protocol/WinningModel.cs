namespace Radiomics.Learning;

/// <summary>The winner, fitted on the whole training split.</summary>
/// <param name="Result">How its candidate did in the nested cross-validation.</param>
/// <param name="Selection">What selection chose on all training cases.</param>
/// <param name="Scoring">What scores.</param>
/// <param name="MlNetModel">The same for ML.NET.</param>
/// <param name="Weights">Weight of each feature as <see cref="FeatureCard"/> has it.</param>
/// <param name="ApparentAuc">AUC of its scores, before calibration, on the cases it was fitted to.</param>
/// <param name="Train">On the cases it was fitted to.</param>
/// <param name="CrossValidation">Out of fold, calibrated.</param>
internal sealed record WinningModel(
    CandidateResult Result,
    Selection Selection,
    ScoringModel Scoring,
    byte[] MlNetModel,
    IReadOnlyList<double> Weights,
    double ApparentAuc,
    Evaluation Train,
    Evaluation CrossValidation)
{
    /// <summary>Calibration and threshold come from the out-of-fold scores alone, never from resubstitution.</summary>
    public static WinningModel Fit(SequenceData training, CandidateResult result, ProtocolSettings settings, CancellationToken cancellation)
    {
        bool[] labels = [.. training.Cases.Select(c => c.Label)];
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var fitted = FittedCandidate.Fit(
            training, all, result.Candidate, settings, Seeds.Derive(settings.Seed, "winner"), withMlNetModel: true, cancellation);
        var calibration = PlattCalibration.Fit(result.OutOfFold, labels);
        double[] outOfFold = [.. result.OutOfFold.Select(calibration.Probability)];
        ModelFeature[] features = [.. fitted.Selection.Features.Select(feature => ModelFeature.From(feature, training.Radiomics.Names.Count))];
        var scoring = new ScoringModel
        {
            Learner = result.Candidate.Learner,
            FeatureSet = result.Candidate.FeatureSet,
            Features = features,
            Form = fitted.Form,
            Calibration = calibration,
            Threshold = Roc.YoudenThreshold(outOfFold, labels),
            Distribution = TrainingDistribution.Fit(features, [.. fitted.Selection.Features.Select(feature => training.Column(feature.Column))]),
        };
        return new(
            result,
            fitted.Selection,
            scoring,
            fitted.MlNetModel!,
            ShareOfContributions(fitted, training),
            Roc.Auc(fitted.Score(training, all), labels),
            Evaluator.Evaluate(HeldOutTest.Probabilities(scoring, fitted.Selection.Features, training), labels, scoring.Threshold),
            Evaluator.Evaluate(outOfFold, labels, scoring.Threshold));
    }

    private static IReadOnlyList<double> ShareOfContributions(FittedCandidate fitted, SequenceData training)
    {
        if (fitted.Form is LinearForm linear)
        {
            return linear.Coefficients;
        }

        var features = fitted.Selection.Features;
        var columns = features.Select(feature => training.Column(feature.Column)).ToArray();
        var sums = new double[features.Count];
        for (var row = 0; row < training.Cases.Count; row++)
        {
            var contributions = fitted.Form.Contributions([.. features.Select((feature, f) => feature.Standardise(columns[f][row]))]);
            for (var f = 0; f < sums.Length; f++)
            {
                sums[f] += Math.Abs(contributions[f]);
            }
        }

        var total = sums.Sum();
        return total > 0 ? [.. sums.Select(sum => sum / total)] : sums;
    }
}
