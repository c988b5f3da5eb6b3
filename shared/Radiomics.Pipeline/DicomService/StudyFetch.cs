using Radiomics.DicomWeb;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Brings a study from its DICOM service into the house, as an upload like any other.</summary>
public sealed class StudyFetch(
    DicomServices services, ArrivalStore arrivals, UploadDoor door, TemporaryStorage temporary, RadiomicsOptions options, AuditTrail trail)
{
    /// <summary>
    /// Fetches all instances that the service has of a study now (WADO-RS), one after the other to a file. The zip depends on nothing but their bytes, so that
    /// the same study is the same upload, however often it is fetched.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="waitId">The wait that ended, for the audit.</param>
    /// <exception cref="RadiomicsException"><c>StudyNotFound</c>, <c>ArchiveTooLarge</c>.</exception>
    public async Task<FetchedStudy> FetchAsync(ArrivalKey study, string waitId)
    {
        try
        {
            using var folder = temporary.NewFolder();
            var zip = new InstanceZip(folder, options.Archive);
            await ReceiveAsync(study, zip);
            var (file, sha256) = await zip.CloseAsync();
            return new FetchedStudy((await door.ReceiveAsync(study, file, sha256)).UploadId);
        }
        catch (RadiomicsException e) when (e is not DicomServiceException { IsPassing: true })
        {
            // The code is part of the id: when the stamp has expired, waits are numbered anew, and one of them may end otherwise.
            await AppendAsync(study, waitId, $"fetch-failed/{e.Code}", "study-not-fetched", ("code", e.Code));
            PipelineMeter.Failed("fetch", study.Center, new PredictionError(e.Code, e.Detail));
            throw;
        }
    }

    /// <summary>Records that a wait ended without a prediction, since a step of it failed however often it was tried.</summary>
    /// <param name="study">The study.</param>
    /// <param name="waitId">The wait.</param>
    /// <param name="step">The step.</param>
    public Task RecordFaultAsync(ArrivalKey study, string waitId, string step) => AppendAsync(study, waitId, $"failed/{step}", "wait-failed", ("step", step));

    private Task AppendAsync(ArrivalKey study, string waitId, string id, string action, (string Kind, string Value) subject) => trail.AppendAsync(new AuditEvent
    {
        Id = $"{waitId}/{id}",
        Center = study.Center,
        Actor = "pipeline",
        Action = action,
        Subjects = new Dictionary<string, string> { ["wait"] = waitId, ["study"] = study.StudyUid, [subject.Kind] = subject.Value },
    });

    private async Task ReceiveAsync(ArrivalKey study, InstanceZip zip)
    {
        await foreach (var part in services.Client(study.Service).RetrieveStudyAsync(await arrivals.StudyUidAsync(study)))
        {
            await zip.AddAsync(part.Content);
        }

        if (zip.Count == 0)
        {
            throw new RadiomicsException("StudyNotFound", "The DICOM service has nothing of this study but reports of this service. Send the images there again.");
        }
    }
}

/// <summary>What a fetch gives.</summary>
/// <param name="UploadId">The upload.</param>
public sealed record FetchedStudy(string UploadId);
