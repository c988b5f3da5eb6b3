namespace Radiomics.Pipeline;

/// <summary>Last step: writes the record, or the reason why there is none.</summary>
public sealed class RetrainingPublication(RetrainingStore retrainings, RetrainingBlobs blobs, RetrainingAudit audit)
{
    /// <summary>Writes the record and its audit event.</summary>
    public async Task<RetrainingOutcome> PublishAsync(RetrainingRequest request, RetrainingPlan plan, IReadOnlyList<RetrainedGroup> groups)
    {
        var final = new RetrainingStatus
        {
            Id = request.Id,
            Center = request.Center,
            Status = RetrainingState.Succeeded,
            Order = request.Order,
            Record = new RetrainingRecord
            {
                Id = request.Id,
                Center = request.Center,
                Cohort = new(request.Cohort, request.CohortSha256),
                Plan = plan.Plan,
                Report = plan.Report,
                Protocol = request.Protocol,
                Promotion = request.Promotion,
                Groups = [.. groups.OrderBy(group => group.FieldStrength, StringComparer.Ordinal)],
                Findings = await FindingsAsync(request, plan),
            },
        };
        return new(await retrainings.SaveAsync(final, record => audit.PublishedAsync(request, record)), null);
    }

    /// <summary>Writes the failed record and its audit event.</summary>
    public async Task<RetrainingOutcome> PublishFailureAsync(RetrainingRequest request, PredictionError error)
    {
        var final = new RetrainingStatus { Id = request.Id, Center = request.Center, Status = RetrainingState.Failed, Order = request.Order, Error = error };
        var record = await retrainings.SaveAsync(final, record => audit.FailedAsync(request, error, record));
        PipelineMeter.Failed("retraining", request.Center, error);
        return new(record, error);
    }

    private async Task<IReadOnlyList<RetrainingFinding>> FindingsAsync(RetrainingRequest request, RetrainingPlan plan)
    {
        var parts = Enumerable.Range(0, plan.ExtractionBatches).Select(CohortExtraction.Part).Concat(Enumerable.Range(0, plan.StabilityBatches).Select(StabilityMeasurement.Part));
        List<RetrainingFinding> findings = [];
        foreach (var part in parts)
        {
            findings.AddRange(await blobs.TryReadAsync<IReadOnlyList<RetrainingFinding>>(request, part) ?? []);
        }

        return [.. findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Sequence, StringComparer.Ordinal)];
    }
}
