namespace Radiomics.Pipeline;

/// <summary>Fourth step: the pinned model on the features of its sequence.</summary>
public sealed class Scoring(ModelRegistry models, FeatureStore features, StepAudit audit)
{
    /// <summary>Scores a study at its field strength.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>FeaturesDoNotFitModel</c>.</exception>
    public async Task<ModelScore> ScoreAsync(PredictionRequest request, PredictionPlan plan, string fieldStrength, BlobReference sequenceFeatures)
    {
        var pointer = plan.Models[fieldStrength];
        var model = await models.GetAsync(request.Center, fieldStrength, pointer);
        var stored = await features.GetAsync(sequenceFeatures);
        var score = new ModelScore(model.Score(stored.Vector).Probability, model.Threshold);
        await audit.PredictedAsync(request, fieldStrength, pointer, sequenceFeatures);
        return score;
    }
}
