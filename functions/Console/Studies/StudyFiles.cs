using Microsoft.DurableTask.Client;
using Radiomics.Extraction;
using Radiomics.Pages.Console.Studies;
using Radiomics.Pipeline;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Console.Studies;

/// <summary>The files that a study's page offers.</summary>
public sealed class StudyFiles(CenterProfiles profiles, PredictionQuery query, StoredReports reports, StudyFinder finder)
{
    private static readonly Dictionary<string, string> s_reports = new(StringComparer.Ordinal)
    {
        [StudyFile.Record] = PredictionReports.Json,
        [StudyFile.Sr] = PredictionReports.Sr,
        [StudyFile.Fhir] = PredictionReports.Fhir,
    };

    /// <summary>A file, under the name that it is to have where it goes.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>PredictionNotFound</c>, <c>ReportNotReady</c>, <c>NoReport</c>, <c>StudyFileUnknown</c>.</exception>
    /// <exception cref="AlteredException">It isn't what was stored.</exception>
    public async Task<(ReportFile File, string Name)> FindAsync(DurableTaskClient client, string center, string id, string file, CancellationToken cancellation)
    {
        profiles.Get(center);
        var status = await query.TryGetAsync(client, center, id, cancellation) ?? throw new RadiomicsException("PredictionNotFound", "This center has no prediction of this id.");
        if (status.Status is not (PredictionState.Succeeded or PredictionState.Failed))
        {
            throw new RadiomicsException("ReportNotReady", "The prediction isn't through; its files come with its answer. Ask again.");
        }

        var name = $"{id}.{file}";
        if (s_reports.TryGetValue(file, out var extension))
        {
            return (await reports.GetAsync(profiles.AreaOf(center), id, extension, cancellation), name);
        }

        if (file is not (StudyFile.FeaturesCsv or StudyFile.FeaturesJson))
        {
            throw Unknown();
        }

        var prediction = status.Prediction ?? throw StoredReports.NoReport(status.Error?.Code);
        List<PredictionError> faults = [];
        var features = await finder.FeaturesAsync(prediction, faults);
        if (faults is [var fault, ..])
        {
            throw new RadiomicsException(fault.Code, fault.Detail);
        }

        if (features.Count == 0)
        {
            throw Unknown();
        }

        return file == StudyFile.FeaturesCsv
            ? (new ReportFile(file, "text/csv; charset=utf-8", FeatureTable.Csv(features)), name)
            : (new ReportFile(file, "application/json; charset=utf-8", BlobStore.Json(features.ToDictionary(stored => stored.Sequence))), name);
    }

    private static RadiomicsException Unknown() => new("StudyFileUnknown", "The study has no such file, or has it no longer: its page names those that there are.");
}
