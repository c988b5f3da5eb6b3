using Radiomics.Dicom;
using Radiomics.DicomWeb;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Sends a prediction's structured report back to the DICOM service that its study came from, in the name of the original patient and study. These are read
/// from the upload now, and are in memory until the service has answered: no history, log or container gets them.
/// </summary>
public sealed class ReportReturn(
    DicomServices services, UploadStore uploads, UploadReader reader, ServedRecords predictions, StudyStore studies, UidKey key, StepAudit audit)
{
    /// <summary>Makes the report and stores it (STOW-RS). Its UIDs follow from the prediction, so that one that is there already is the same.</summary>
    /// <exception cref="RadiomicsException"><c>ReportNotStored</c>, <c>SourceStudyMissing</c>, and what the client throws.</exception>
    /// <exception cref="AlteredException">The record isn't the one that was published.</exception>
    public async Task<ReturnedReport> ReturnAsync(PredictionRequest request)
    {
        try
        {
            var returned = await StoreAsync(request, request.DicomService ?? throw new InvalidOperationException("The study came from no DICOM service."));
            await audit.ReportReturnedAsync(request);
            return returned;
        }
        catch (RadiomicsException e) when (e is not DicomServiceException { IsPassing: true })
        {
            await audit.ReportRefusedAsync(request, e.Code);
            PipelineMeter.Failed("report", request.Center, new PredictionError(e.Code, e.Detail));
            throw;
        }
    }

    private async Task<ReturnedReport> StoreAsync(PredictionRequest request, string service)
    {
        if (await predictions.TryGetWithTimeAsync(request.Center, request.Id) is not ({ Prediction: { } prediction }, var written))
        {
            throw new InvalidOperationException("The prediction whose report is to return has no record.");
        }

        var manifest = await studies.GetManifestAsync(prediction.Manifest);
        using var upload = await reader.OpenAsync(await uploads.GetAsync(request.UploadId));
        var source = SourceStudyReader.Read(upload.Source, manifest, key);
        var report = PredictionReports.Bytes(PredictionReports.StructuredReport(prediction, source, written.LocalDateTime));
        var result = await services.Client(service).StoreAsync([StoreItem.FromBytes(report)], source.StudyUid);
        if (result.Failed.Any(instance => instance.IsBeingStored))
        {
            throw new IOException("The DICOM service is storing the report at this moment.");
        }

        if (!result.IsComplete || result.Stored.Count + result.Failed.Count == 0)
        {
            var reason = result.Failed.Select(instance => instance.FailureReason).FirstOrDefault();
            throw new RadiomicsException("ReportNotStored", $"The DICOM service did not take the report{(reason is null ? "" : $" (failure reason {reason})")}. The prediction stands.");
        }

        return new ReturnedReport(WasThere: result.Stored.Count == 0);
    }
}

/// <summary>What became of a report.</summary>
/// <param name="WasThere">Whether the service had it already.</param>
public sealed record ReturnedReport(bool WasThere);
