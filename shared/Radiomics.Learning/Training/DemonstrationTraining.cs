using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Trains the demonstration models on synthetic cases.</summary>
public static class DemonstrationTraining
{
    /// <summary>Version of the learning code; changes whenever a trained model may.</summary>
    public const string LearningVersion = "0.2.0";

    /// <summary>
    /// Trains a logistic regression and packs it. Neither the order of the cases nor the clock plays a part: the same cohort and request give the
    /// same bytes.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// <c>CohortUnusable</c>: too few cases of a class, a subject twice, features of several settings or engines, or no feature to learn from;
    /// <c>CandidateUnknown</c>: the request names a candidate that is no feature of the cohort.
    /// </exception>
    public static ModelPackageBytes Train(IReadOnlyList<LabelledFeatures> data, TrainingRequest request)
    {
        var cohort = FeatureTable.From(data, request);
        var all = Enumerable.Range(0, cohort.Labels.Length).ToArray();
        var predictions = CrossValidation.Predict(cohort, request);
        var threshold = Roc.YoudenThreshold(predictions, cohort.Labels);
        var (model, mlNetModel) = LogisticTrainer.Fit(cohort, all, request);
        return ModelPackage.Pack(
            Card(cohort, request, model, CrossValidation.Evaluate(predictions, cohort.Labels, threshold, request.Folds)),
            model with { Threshold = threshold },
            mlNetModel);
    }

    private static ModelCard Card(FeatureTable cohort, TrainingRequest request, LinearModel model, CrossValidationCard results) => new()
    {
        Name = request.Name,
        Center = request.Center,
        FieldStrength = request.FieldStrength,
        Sequence = request.Sequence,
        Outcome = request.Outcome,
        Learner = FormattableString.Invariant(
            $"ML.NET LbfgsLogisticRegression (L2 {request.L2}) on standardised features; at most {request.MaxFeatures}, by univariate AUC, absolute correlation below {request.MaxCorrelation}; threshold by Youden's index out of fold"),
        IntendedUse = "Showing the way from study to prediction; testing.",
        NotForClinicalUse = true,
        Notice = ModelCard.DemonstrationNotice,
        Cohort = new()
        {
            Description = request.CohortDescription,
            Synthetic = true,
            Cases = cohort.Labels.Length,
            Positives = cohort.Labels.Count(l => l),
            Seeds = request.CohortSeeds,
            DataSha256 = cohort.Sha256,
        },
        Candidates = request.Candidates,
        Features = [.. model.Terms.Select(t => new FeatureCard(t.Feature, t.Coefficient))],
        CrossValidation = results,
        Settings = cohort.Settings,
        SettingsHash = cohort.SettingsHash,
        EngineVersion = cohort.EngineVersion,
        LearningVersion = LearningVersion,
        Seed = request.Seed,
    };
}
