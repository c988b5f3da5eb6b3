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
        double[][] columns = [.. model.Features.Select(f => cohort.Column(Array.IndexOf(cohort.Names, f.Name), all))];
        double[] fitted = [.. all.Select(c => model.Probability([.. columns.Select(column => column[c])]))];
        var scoring = new ScoringModel
        {
            Learner = Learner.LogisticRegression,
            FeatureSet = FeatureSet.Radiomics,
            Features = model.Features,
            Form = model.Form,
            Calibration = new(1, 0),
            Threshold = threshold,
            Distribution = TrainingDistribution.Fit(model.Features, columns),
        };
        var card = Card(
            cohort,
            request,
            scoring,
            CrossValidation.Evaluate(fitted, cohort.Labels, threshold),
            CrossValidation.Evaluate(predictions, cohort.Labels, threshold));
        return ModelPackage.Pack(card, scoring, Record(data, cohort, card), mlNetModel);
    }

    private static TrainingRecord Record(IReadOnlyList<LabelledFeatures> data, FeatureTable cohort, ModelCard card) => new()
    {
        CohortSha256 = cohort.Sha256,
        TrainingStudies = [.. data.Select(c => c.Subject).Order(StringComparer.Ordinal)],
        TestStudies = [],
        Seed = card.Seed,
        SettingsHash = card.SettingsHash,
        EngineVersion = card.EngineVersion,
        LearningVersion = card.LearningVersion,
        Protocol = card.Protocol,
    };

    private static ModelCard Card(FeatureTable cohort, TrainingRequest request, ScoringModel model, Evaluation train, Evaluation crossValidation) => new()
    {
        Name = request.Name,
        Center = request.Center,
        FieldStrength = request.FieldStrength,
        Sequence = request.Sequence,
        FeatureSet = model.FeatureSet,
        Learner = model.Learner,
        Outcome = request.Outcome,
        IntendedUse = "Showing the way from study to prediction; testing.",
        NotForClinicalUse = true,
        Notice = ModelCard.DemonstrationNotice,
        Cohort = new()
        {
            Description = request.CohortDescription,
            Synthetic = true,
            Sha256 = cohort.Sha256,
            Seeds = request.CohortSeeds,
            Train = new(cohort.Labels.Length, cohort.Labels.Length, cohort.Labels.Count(l => l)),
            Test = new(0, 0, 0),
        },
        Protocol = new() { TestShare = 0, L2 = request.L2, Seed = request.Seed, OuterFolds = request.Folds, OuterRepeats = 1 },
        Steps = [],
        Features = [.. model.Features.Select((f, i) => new FeatureCard(f.Name, ((LinearForm)model.Form).Coefficients[i], null, 1))],
        Candidates = [],
        CvAuc = crossValidation.Auc,
        SelectionCorrectedAuc = crossValidation.Auc,
        SelectionCorrectedInterval = crossValidation.AucInterval,
        Train = train,
        CrossValidation = crossValidation,
        Calibration = model.Calibration,
        Threshold = model.Threshold,
        Settings = cohort.Settings,
        SettingsHash = cohort.SettingsHash,
        EngineVersion = cohort.EngineVersion,
        LearningVersion = LearningVersion,
        Seed = request.Seed,
    };
}
