using Azure;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>The reports of predictions as they are stored; the one way in which they are read.</summary>
public sealed class StoredReports(BlobStore store, ServedRecords predictions, ReportPages pages)
{
    /// <summary>A report.</summary>
    /// <param name="area">The center, or <c>_system</c>.</param>
    /// <param name="id">The prediction.</param>
    /// <param name="extension">Which form: one of those of <see cref="PredictionReports"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RadiomicsException"><c>PredictionNotFound</c>: there is no final record; <c>NoReport</c>: it is of a failure, or was not stored and can't be made any more.</exception>
    /// <exception cref="AlteredException">The record, or the report, isn't the one that the audit trail names.</exception>
    public async Task<ReportFile> GetAsync(string area, string id, string extension, CancellationToken cancellation = default)
    {
        var (record, report) = (PredictionId.IsValid(id) ? await predictions.TryGetWithReportAsync(area, id, extension, cancellation) : null)
            ?? throw new RadiomicsException("PredictionNotFound", "There is no finished prediction of this id for this center.");
        var status = BlobStore.Parse<PredictionStatus>(record);
        var prediction = status.Prediction ?? throw NoReport(status.Error?.Code);

        // Records of earlier versions have no such file beside them; what they say can be said again.
        return (extension == PredictionReports.Json ? record : report) is { } content
            ? new ReportFile(extension, PredictionReports.ContentTypeOf(extension), content)
            : (await AgainAsync(prediction, await TryManifestAsync(prediction.Manifest), extension)).Single(made => made.Extension == extension);
    }

    /// <summary><c>NoReport</c>.</summary>
    /// <param name="code">Why the prediction failed.</param>
    public static RadiomicsException NoReport(string? code) => new("NoReport", $"The prediction has failed ({code}), so there is nothing to report.");

    private async Task<IReadOnlyList<ReportFile>> AgainAsync(Prediction prediction, StudyManifest? manifest, string extension) => PredictionReports.LanguageOf(extension) is null
        ? PredictionReports.Of(prediction, manifest ?? throw new RadiomicsException("NoReport", "The study is here no longer, by retention or erasure, and this form of its report was not stored with it."))
        : await pages.AgainAsync(prediction, manifest);

    private async Task<StudyManifest?> TryManifestAsync(BlobReference manifest)
    {
        try
        {
            return BlobStore.Parse<StudyManifest>(await store.ReadCheckedAsync(Containers.Studies, manifest.Blob, manifest.Sha256));
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }
}
