namespace Radiomics.Pipeline;

/// <summary>The audit events of a retraining, one method a step. An event says only what is the same however often its step runs.</summary>
public sealed class RetrainingAudit(AuditTrail trail)
{
    private const string Pipeline = "pipeline";

    /// <summary>Cohorts of other centers will be read: an event in the trail of each.</summary>
    public async Task PooledAsync(RetrainingRequest request)
    {
        foreach (var pooled in request.Pool)
        {
            var (owner, _) = RetrainingOrder.SplitPooled(pooled);
            await AppendAsync(request with { Center = owner }, $"read/{pooled}", "cohort-read", request.Actor, [("cohort", pooled), ("by", request.Center)], [], isEnd: true);
        }
    }

    /// <summary>A retraining was asked for, and what it will do is fixed.</summary>
    public async Task PlannedAsync(RetrainingRequest request, RetrainingPlan plan)
    {
        await AppendAsync(request, "asked", "retraining-asked", request.Actor, [("cohort", request.Cohort)], [("cohort", request.CohortSha256)]);
        await AppendAsync(
            request,
            "plan",
            "retraining-planned",
            Pipeline,
            [("fieldStrengths", string.Join(' ', plan.Groups.Select(group => group.FieldStrength)))],
            [("plan", plan.Plan.Sha256), ("report", plan.Report.Sha256)]);
    }

    /// <summary>A batch of features is there.</summary>
    public Task ExtractedAsync(RetrainingRequest request, int batch, BlobReference findings) =>
        AppendAsync(request, $"extract/{batch}", "cohort-extracted", Pipeline, [], [("findings", findings.Sha256)]);

    /// <summary>A batch of perturbed features is there.</summary>
    public Task MeasuredAsync(RetrainingRequest request, int batch, BlobReference findings) =>
        AppendAsync(request, $"stability/{batch}", "stability-measured", Pipeline, [], [("findings", findings.Sha256)]);

    /// <summary>The candidates of a sequence are trained.</summary>
    public Task TrainedAsync(RetrainingRequest request, string fieldStrength, string sequence, BlobReference training) => AppendAsync(
        request,
        $"train/{fieldStrength}/{sequence}",
        "candidates-trained",
        Pipeline,
        [("fieldStrength", fieldStrength), ("sequence", sequence)],
        [("training", training.Sha256)]);

    /// <summary>A model was chosen and stored.</summary>
    public Task SelectedAsync(RetrainingRequest request, TrainedModel model) => AppendAsync(
        request,
        $"select/{model.FieldStrength}",
        "model-selected",
        Pipeline,
        [("fieldStrength", model.FieldStrength), ("model", model.Version), ("sequence", model.Sequence)],
        [("package", model.Sha256), ("card", model.Card.Sha256)]);

    /// <summary>It was decided whether a model becomes the current one; that it did is an event of the pointer's own.</summary>
    public Task DecidedAsync(RetrainingRequest request, string step, PromotionResult result, Approval? approval) => AppendAsync(
        request,
        step,
        result.Promoted ? "promotion-decided" : "promotion-refused",
        approval?.Actor ?? Pipeline,
        [
            ("fieldStrength", result.FieldStrength), ("model", result.Version), ("code", result.Code), ("reason", result.Reason),
            .. approval is null ? [] : new[] { ("decidedBy", approval.Name), ("decision", approval.Approved ? "approved" : "rejected"), ("decisionReason", approval.Reason) },
        ],
        [],
        isEnd: true);

    /// <summary>The record was written.</summary>
    public Task PublishedAsync(RetrainingRequest request, BlobReference record) =>
        AppendAsync(request, "publish", "retraining-published", Pipeline, [], [("record", record.Sha256)], isEnd: true);

    /// <summary>The retraining failed.</summary>
    public Task FailedAsync(RetrainingRequest request, PredictionError error, BlobReference record) =>
        AppendAsync(request, "fail", "retraining-failed", Pipeline, [("code", error.Code)], [("record", record.Sha256)], isEnd: true);

    private Task AppendAsync(
        RetrainingRequest request,
        string step,
        string action,
        string actor,
        IEnumerable<(string Kind, string Id)> subjects,
        IEnumerable<(string What, string Sha256)> digests,
        bool isEnd = false) =>
        trail.AppendAsync(new AuditEvent
        {
            Id = request.EventId(step),
            Center = request.Center,
            Actor = actor,
            Action = action,
            Subjects = subjects.Prepend(("retraining", request.Id)).ToDictionary(s => s.Item1, s => s.Item2),
            Digests = digests.ToDictionary(d => d.What, d => d.Sha256),
            IsPassing = !isEnd,
        });
}
