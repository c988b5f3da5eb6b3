using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Fifth step, once per field strength: the winner by cross-validation, trained, tested once and packed.</summary>
public sealed class SelectionStep(RetrainingBlobs blobs, ProfileStore profiles, SequenceDataSource source, ModelRegistry models, RetrainingAudit audit)
{
    private const string Notice = "Research model. Not approved for clinical use: it must not inform the care of any patient.";

    /// <summary>Selects and stores a model (<c>models/{center}/{fieldStrength}/{version}/</c>).</summary>
    /// <exception cref="RadiomicsException">No model can be made of these candidates, e.g. <c>NoCandidate</c>.</exception>
    public async Task<TrainedModel> SelectAsync(RetrainingRequest request, RetrainingPlan plan, string fieldStrength, IReadOnlyList<BlobReference> trainings)
    {
        var part = $"selected/{fieldStrength}";
        var model = await blobs.TryReadAsync<TrainedModel>(request, part);
        if (model is null)
        {
            var kept = await blobs.KeepAsync(request, part, await TrainAsync(request, await blobs.PlanAsync(plan), fieldStrength, trainings));
            model = await blobs.ReadAsync<TrainedModel>(kept);
        }

        await audit.SelectedAsync(request, model);
        return model;
    }

    private async Task<TrainedModel> TrainAsync(RetrainingRequest request, PlanDocument document, string fieldStrength, IReadOnlyList<BlobReference> references)
    {
        var settings = (await profiles.GetAsync(request.Center, document.ProfileSha256)).Settings;
        SequenceTraining[] trainings = [.. await Task.WhenAll(references.Select(blobs.ReadAsync<SequenceTraining>))];
        var winner = ModelSelection.Winner(trainings, request.Protocol);
        var group = document.Trained(fieldStrength);
        var features = await source.LoadAsync(document, group, winner.Sequence, settings, request.Protocol, split: null);
        var package = ModelSelection.Select(
            Describe(request, document, group, winner.Sequence, features.Stability),
            trainings,
            features.Data,
            await OthersAsync(request, document, group, winner.Sequence, settings),
            request.Protocol);
        var (sha256, card) = await models.StoreAsync(request.Center, fieldStrength, package);
        return new TrainedModel
        {
            FieldStrength = fieldStrength,
            Version = package.Version,
            Sequence = package.Card.Sequence,
            Sha256 = sha256,
            FeatureSet = package.Card.FeatureSet,
            Learner = package.Card.Learner,
            CvAuc = package.Card.CvAuc,
            TestAuc = package.Card.Test?.Auc,
            Card = card,
        };
    }

    private async Task<IReadOnlyList<SequenceData>> OthersAsync(
        RetrainingRequest request, PlanDocument document, PlannedGroup own, string sequence, ExtractionSettings settings)
    {
        List<SequenceData> others = [];
        foreach (var group in document.Groups.Where(group => request.Protocol.ComparePooled && group != own))
        {
            try
            {
                others.Add((await source.LoadAsync(document, group, sequence, settings, request.Protocol, split: null)).Data);
            }
            catch (RadiomicsException e) when (e.Code == "NoFeatures")
            {
                // A batch without this sequence has no part in the comparison.
            }
        }

        return others;
    }

    private static ModelRequest Describe(RetrainingRequest request, PlanDocument document, PlannedGroup group, string sequence, StabilityCard? stability)
    {
        var measured = new SortedDictionary<string, StabilityCard>(StringComparer.Ordinal);
        if (stability is not null)
        {
            measured.Add(sequence, stability);
        }

        return new ModelRequest
        {
            Name = $"Center {request.Center}, {group.FieldStrength}",
            Center = request.Center,
            FieldStrength = group.FieldStrength,
            Outcome = request.Outcome,
            IntendedUse = request.IntendedUse,
            CohortDescription = $"Cohort '{Path.GetFileNameWithoutExtension(request.Cohort)}' of center {request.Center}: its studies at {group.FieldStrength}.",
            Notice = Notice,
            CohortSha256 = request.CohortSha256,
            Covariates = document.Covariates,
            Stability = measured,
        };
    }
}
