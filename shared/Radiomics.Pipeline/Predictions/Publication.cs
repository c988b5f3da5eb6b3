using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Last step: writes the answer, or the reason why there is none.</summary>
public sealed class Publication(
    UploadStore uploads,
    ProfileStore profiles,
    StudyStore studies,
    FeatureStore features,
    ModelRegistry models,
    PredictionStore predictions,
    ReportPages pages,
    QuarantineStore quarantine,
    Resubmissions resubmissions,
    StepAudit audit)
{
    /// <summary>Writes the prediction record, its reports and its audit event.</summary>
    public async Task<PredictionOutcome> PublishAsync(
        PredictionRequest request,
        PredictionPlan plan,
        StudyReference study,
        IReadOnlyList<SequenceResult> sequences,
        ModelScore? score)
    {
        var manifest = await studies.GetManifestAsync(study.Manifest);
        var upload = await uploads.GetAsync(request.UploadId);
        var (final, card) = await DescribeAsync(request, plan, study, manifest, upload, sequences, score);
        var prediction = final.Prediction!;
        IReadOnlyList<ReportFile> reports = [.. await pages.OfAsync(prediction, manifest, card), .. PredictionReports.Of(prediction, manifest)];
        var record = await predictions.SaveAsync(final, record => audit.PublishedAsync(request, study, record, reports), reports);
        await resubmissions.ResolveAsync(request, upload);
        PipelineMeter.Predicted(prediction);
        return new PredictionOutcome(record, null);
    }

    /// <summary>Writes the failed record and its audit event; unusable input is copied to quarantine, with the reason.</summary>
    public async Task<PredictionOutcome> PublishFailureAsync(PredictionRequest request, PredictionError error, PredictionProgress progress)
    {
        if (!error.IsFault)
        {
            await quarantine.KeepAsync(request, await uploads.GetAsync(request.UploadId), error);
            await audit.QuarantinedAsync(request, error);
        }

        var final = new PredictionStatus
        {
            Id = request.Id,
            Center = request.Center,
            Sender = request.Sender,
            Status = PredictionState.Failed,
            UploadId = request.UploadId,
            Sequences = new SortedDictionary<string, SequenceState>(progress.Sequences.ToDictionary(), StringComparer.Ordinal),
            Error = error,
        };
        var record = await predictions.SaveAsync(final, record => audit.FailedAsync(request, error, record));
        PipelineMeter.Failed("prediction", request.Center, error);
        return new PredictionOutcome(record, error);
    }

    private async Task<(PredictionStatus Final, ModelCard? Card)> DescribeAsync(
        PredictionRequest request,
        PredictionPlan plan,
        StudyReference study,
        StudyManifest manifest,
        UploadRecord upload,
        IReadOnlyList<SequenceResult> sequences,
        ModelScore? score)
    {
        var pointer = score is null ? null : plan.Models[study.FieldStrength!];
        var card = pointer is null ? null : (await models.GetAsync(request.Center, study.FieldStrength!, pointer)).Card;
        var final = PredictionDescription.Of(request, study, manifest, sequences, new PredictionBasis
        {
            UploadSha256 = upload.Sha256,
            Supersedes = upload.Supersedes,
            ProfileSha256 = plan.ProfileSha256,
            Settings = (await profiles.GetAsync(request.Center, plan.ProfileSha256)).Settings,
            EngineVersion = await EngineVersionAsync(sequences),
            Model = pointer is null || card is null ? null : (pointer, card),
            Score = score,
        });
        return (final, card);
    }

    private async Task<string> EngineVersionAsync(IReadOnlyList<SequenceResult> sequences) =>
        sequences.FirstOrDefault(s => s.Features is not null)?.Features is { } reference
            ? (await features.GetAsync(reference)).Vector.EngineVersion
            : FeatureExtractor.EngineVersion;
}
