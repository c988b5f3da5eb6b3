using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Sixth step, once per field strength: whether the trained model becomes the current one.</summary>
public sealed class Promotion(
    RetrainingBlobs blobs,
    FeatureStore features,
    CenterProfiles profiles,
    ModelRegistry models,
    ModelPromotions promotions,
    RetrainingAudit audit)
{
    /// <summary>
    /// Decides and moves the pointer. In mode <see cref="PromotionMode.Approval"/> a null approval means that none came in time. Where the result says
    /// <see cref="PromotionResult.NeedsApproval"/>, call again with the approval. Of two promotions at once the later one is decided anew against what the earlier one made
    /// current. Run again, it gives the first run's result.
    /// </summary>
    public async Task<PromotionResult> PromoteAsync(RetrainingRequest request, RetrainingPlan plan, TrainedModel model, Approval? approval)
    {
        var step = $"{(approval is null ? "promote" : "approve")}/{model.FieldStrength}";
        if (await blobs.TryReadAsync<PromotionResult>(request, step) is not { } result)
        {
            var kept = await blobs.KeepAsync(request, step, await DecideAsync(request, plan, model, approval));
            result = await blobs.ReadAsync<PromotionResult>(kept);
        }

        await audit.DecidedAsync(request, step, result, approval);
        return result;
    }

    private async Task<PromotionResult> DecideAsync(RetrainingRequest request, RetrainingPlan plan, TrainedModel model, Approval? approval)
    {
        var package = await models.GetAsync(request.Center, model.FieldStrength, Pointer(model));
        if (Obstacle(request, package) is { } obstacle)
        {
            return Result(model, obstacle);
        }

        while (true)
        {
            var current = await promotions.ReadAsync(request.Center, model.FieldStrength);
            if (await promotions.FindAsync(request.Center, model.FieldStrength, request.Id) is { } done)
            {
                return Result(model, new(true, "Promoted", done.Reason ?? "")) with { Previous = done.Previous };
            }

            if (current?.Model.Version == model.Version)
            {
                return Result(model, new(true, "AlreadyCurrent", "The same model is the current one: the same inputs were trained before.")) with { Previous = current.Model.Previous };
            }

            var verdict = approval is null && request.Promotion.Mode == PromotionMode.Rule
                ? await ByRuleAsync(request, plan, model, package, current?.Model)
                : ByPerson(request, approval);
            if (!verdict.Promote)
            {
                return Result(model, verdict) with { Previous = current?.Model.Pointer };
            }

            var next = new PromotedModel
            {
                Version = model.Version,
                Sequence = model.Sequence,
                Sha256 = model.Sha256,
                PromotedBy = approval is null ? "rule" : "approval",
                DecidedBy = approval?.Name.Trim(),
                Reason = verdict.Reason,
                Retraining = request.Id,
                Actor = approval is null ? "pipeline" : approval.Actor ?? "approval",
                Previous = current?.Model.Pointer,
            };
            if (await promotions.TryMoveAsync(request.Center, model.FieldStrength, current, next) is not null)
            {
                return Result(model, verdict) with { Previous = next.Previous };
            }
        }
    }

    // What no approval can overcome: such a model couldn't answer for an upload.
    private Verdict? Obstacle(RetrainingRequest request, ModelPackage package)
    {
        if (package.Card.FeatureSet != FeatureSet.Radiomics)
        {
            return new(false, "ModelNeedsCovariates", "The model reads clinical covariates, which an upload doesn't bring; it is kept for comparison.");
        }

        try
        {
            package.EnsureFits(profiles.Pin(request.Center).Settings.ComputeHash(), FeatureExtractor.EngineVersion);
            return null;
        }
        catch (RadiomicsException e)
        {
            return new(false, e.Code, e.Detail);
        }
    }

    private static Verdict ByPerson(RetrainingRequest request, Approval? approval)
    {
        if (approval is null)
        {
            return request.Promotion.Mode == PromotionMode.None
                ? new(false, "PromotionNotAsked", "The retraining was asked to train and store only.")
                : new(false, "ApprovalTimedOut", "Nobody decided in time. Ask for the same retraining under a new Idempotency-Key (radiomics retrain --again) to be asked again.");
        }

        try
        {
            ModelPromotions.RequireDecision(approval.Name, approval.Reason);
        }
        catch (RadiomicsException e)
        {
            return new(false, e.Code, e.Detail);
        }

        return approval.Approved ? new(true, "ApprovedByPerson", approval.Reason.Trim()) : new(false, "RejectedByPerson", approval.Reason.Trim());
    }

    private async Task<Verdict> ByRuleAsync(RetrainingRequest request, RetrainingPlan plan, TrainedModel model, ModelPackage candidate, PromotedModel? current)
    {
        ModelPackage? incumbent = null;
        if (current is not null)
        {
            try
            {
                incumbent = await models.GetAsync(request.Center, model.FieldStrength, current.Pointer);
            }
            catch (InvalidDataException)
            {
                return new(false, "IncumbentUnreadable", $"The current model {current.Version} can't be read by this version of the service, so the two can't be compared; a person may decide.", NeedsApproval: true);
            }
        }

        var document = await blobs.PlanAsync(plan);
        var earlier = current is null ? null : await PlanOfAsync(request, model.FieldStrength, current);
        var patients = Cases(document).Concat(Cases(earlier)).DistinctBy(planned => planned.Case.StudyUid).ToDictionary(planned => planned.Case.StudyUid, planned => planned.Case.Patient, StringComparer.Ordinal);
        return await new PromotionRule(features, request.Promotion, document.Trained(model.FieldStrength), patients).DecideAsync(candidate, incumbent);
    }

    // Whose the studies are that the current model was trained on: this cohort need not hold them any more, but may hold later ones of the same patients.
    private async Task<PlanDocument?> PlanOfAsync(RetrainingRequest request, string fieldStrength, PromotedModel current)
    {
        var retraining = current.Retraining
            ?? (await promotions.HistoryAsync(request.Center, fieldStrength)).LastOrDefault(state => state.Version == current.Version && state.Retraining is not null)?.Retraining;
        return retraining is null ? null : await blobs.TryReadAsync<PlanDocument>(request with { Id = retraining }, "plan");
    }

    private static IEnumerable<PlannedCase> Cases(PlanDocument? document) => document?.Groups.SelectMany(group => group.Cases) ?? [];

    private static PromotionResult Result(TrainedModel model, Verdict verdict) => new()
    {
        FieldStrength = model.FieldStrength,
        Version = model.Version,
        Promoted = verdict.Promote,
        Code = verdict.Code,
        Reason = verdict.Reason,
        NeedsApproval = verdict.NeedsApproval,
        Comparison = verdict.Comparison,
    };

    private static ModelPointer Pointer(TrainedModel model) =>
        new() { Version = model.Version, Sequence = model.Sequence, Sha256 = model.Sha256, PromotedBy = "candidate" };
}
