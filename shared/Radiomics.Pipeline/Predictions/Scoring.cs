using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Fourth step: the pinned model on the features of its sequence.</summary>
public sealed class Scoring(ModelRegistry models, FeatureStore features, ProfileStore profiles, StepAudit audit)
{
    /// <summary>Scores a study at its field strength.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>ModelDoesNotFitProfile</c>: the profile's settings or the engine have changed since the model was trained, for the operator to put right;
    /// <c>FeaturesDoNotFitModel</c>; <c>CovariatesMissing</c>.
    /// </exception>
    public async Task<ModelScore> ScoreAsync(PredictionRequest request, PredictionPlan plan, string fieldStrength, BlobReference sequenceFeatures)
    {
        var pointer = plan.Models[fieldStrength];
        var model = await models.GetAsync(request.Center, fieldStrength, pointer);
        var settings = (await profiles.GetAsync(request.Center, plan.ProfileSha256)).Settings;
        model.EnsureFits(settings.ComputeHash(), FeatureExtractor.EngineVersion);
        var stored = await features.GetAsync(sequenceFeatures);
        var score = Of(model, stored.Vector);
        await audit.PredictedAsync(request, fieldStrength, pointer, sequenceFeatures);
        return score;
    }

    /// <summary>What a model says of features.</summary>
    internal static ModelScore Of(ModelPackage model, FeatureVector features)
    {
        var scoring = model.Score(features);
        return new ModelScore(
            scoring.Probability,
            scoring.Threshold,
            new PredictionExplanation(scoring.Base, scoring.Contributions, model.Model.Form is LinearForm, scoring.Distance, scoring.Warnings));
    }
}
