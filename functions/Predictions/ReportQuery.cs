using Microsoft.DurableTask.Client;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Predictions;

/// <summary>The report of a prediction, once there is one.</summary>
public sealed class ReportQuery(CenterProfiles profiles, PredictionQuery query, StoredReports reports)
{
    /// <summary>The prediction that there is a report of.</summary>
    /// <exception cref="RadiomicsException"><c>PredictionNotFound</c>, <c>ReportNotReady</c>, <c>NoReport</c>.</exception>
    /// <exception cref="AlteredException">The record isn't the one that the audit trail names.</exception>
    public async Task<Prediction> PredictionAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation)
    {
        var status = await query.GetAsync(client, center, id, cancellation);
        return status.Status switch
        {
            PredictionState.Succeeded => status.Prediction!,
            PredictionState.Failed => throw StoredReports.NoReport(status.Error?.Code),
            _ => throw new RadiomicsException("ReportNotReady", "The prediction isn't through; its report comes with its answer. Ask again."),
        };
    }

    /// <summary>A report as it is stored.</summary>
    /// <param name="extension">One of those of <see cref="PredictionReports"/>.</param>
    /// <inheritdoc cref="PredictionAsync" path="/exception"/>
    public async Task<ReportFile> GetAsync(DurableTaskClient client, string center, string id, string extension, CancellationToken cancellation)
    {
        await PredictionAsync(client, center, id, cancellation);
        return await reports.GetAsync(profiles.AreaOf(center), id, extension, cancellation);
    }
}
