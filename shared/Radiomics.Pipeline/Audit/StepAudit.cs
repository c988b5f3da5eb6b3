using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>The audit events of a prediction, one method a step.</summary>
public sealed class StepAudit(AuditTrail trail)
{
    private const string Pipeline = "pipeline";

    // The manifest holds the digests of all volumes, so that its own stands for those of however many there are.
    private const int MostSequences = 100;

    /// <summary>An upload came in and a prediction was started for it.</summary>
    public Task UploadReceivedAsync(PredictionRequest request, UploadRecord upload) =>
        AppendAsync(request, "received", "upload-received", request.Actor, Subjects(("supersedes", upload.Supersedes)), [("upload", upload.Sha256)]);

    /// <summary>Profile and models were pinned.</summary>
    public Task PlannedAsync(PredictionRequest request, PredictionPlan plan) => AppendAsync(
        request,
        "plan",
        "prediction-planned",
        Pipeline,
        [.. plan.Models.Select(model => ($"model {model.Key}", model.Value.Version))],
        [("profile", plan.ProfileSha256), .. plan.Models.Select(model => ($"package {model.Key}", model.Value.Sha256))]);

    /// <summary>The upload became volumes.</summary>
    public Task IngestedAsync(PredictionRequest request, StudyManifest study, BlobReference manifest) => AppendAsync(
        request,
        "ingest",
        "study-ingested",
        Pipeline,
        [("study", study.StudyUid)],
        [("manifest", manifest.Sha256), .. study.Sequences.Take(MostSequences).SelectMany(s => new[] { ($"volume {s.Name}", s.Volume.Sha256), ($"roi {s.Name}", s.Roi.Sha256) })]);

    /// <summary>A sequence became features.</summary>
    public Task ExtractedAsync(PredictionRequest request, StudyReference study, string sequence, BlobReference features) =>
        AppendAsync(request, $"extract/{sequence}", "features-extracted", Pipeline, [("study", study.StudyUid), ("sequence", sequence)], [("features", features.Sha256)]);

    /// <summary>A model answered.</summary>
    public Task PredictedAsync(PredictionRequest request, string fieldStrength, ModelPointer model, BlobReference features) => AppendAsync(
        request,
        "predict",
        "study-predicted",
        Pipeline,
        [("fieldStrength", fieldStrength), ("model", model.Version)],
        [("package", model.Sha256), ("features", features.Sha256)]);

    /// <summary>The answer was written.</summary>
    public Task PublishedAsync(PredictionRequest request, StudyReference study, BlobReference record, IEnumerable<ReportFile> reports) => AppendAsync(
        request,
        "publish",
        "prediction-published",
        Pipeline,
        [("study", study.StudyUid)],
        [("record", record.Sha256), .. reports.Select(report => (RecordCheck.DigestName(report.Extension), Digest.Of(report.Content)))],
        isEnd: true);

    /// <summary>The report is in the DICOM service that the study came from.</summary>
    public Task ReportReturnedAsync(PredictionRequest request) =>
        AppendAsync(request, "return", "report-returned", Pipeline, Subjects(("dicomService", request.DicomService)), []);

    /// <summary>The report could not be put there.</summary>
    public Task ReportRefusedAsync(PredictionRequest request, string code) =>
        AppendAsync(request, "return-refused", "report-refused", Pipeline, Subjects(("dicomService", request.DicomService), ("code", code)), []);

    /// <summary>What could not be used was set aside.</summary>
    public Task QuarantinedAsync(PredictionRequest request, PredictionError error) =>
        AppendAsync(request, "quarantine", "upload-quarantined", Pipeline, [("code", error.Code)], []);

    /// <summary>The prediction failed.</summary>
    public Task FailedAsync(PredictionRequest request, PredictionError error, BlobReference record) =>
        AppendAsync(request, "fail", "prediction-failed", Pipeline, [("code", error.Code)], [("record", record.Sha256)], isEnd: true);

    private Task AppendAsync(
        PredictionRequest request,
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
            Subjects = subjects.Prepend(("upload", request.UploadId)).Prepend(("prediction", request.Id)).ToDictionary(s => s.Item1, s => s.Item2),
            Digests = digests.ToDictionary(d => d.What, d => d.Sha256),
            IsPassing = !isEnd,
        });

    private static IEnumerable<(string Kind, string Id)> Subjects(params IEnumerable<(string Kind, string? Id)> subjects) =>
        subjects.Where(subject => subject.Id is not null).Select(subject => (subject.Kind, subject.Id!));
}
