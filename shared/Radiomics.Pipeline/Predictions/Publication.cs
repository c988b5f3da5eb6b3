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
    QuarantineStore quarantine,
    StepAudit audit)
{
    private const string FeaturesOnly =
        "Features only: this center has no model, and nothing is predicted. For research; not for clinical use.";

    /// <summary>Writes the prediction record, its reports and its audit event.</summary>
    public async Task<PredictionOutcome> PublishAsync(
        PredictionRequest request,
        PredictionPlan plan,
        StudyReference study,
        IReadOnlyList<SequenceResult> sequences,
        ModelScore? score)
    {
        var manifest = await studies.GetManifestAsync(study.Manifest);
        var prediction = await DescribeAsync(request, plan, study, manifest, sequences, score);
        var final = new PredictionStatus
        {
            Id = request.Id,
            Center = request.Center,
            Status = PredictionState.Succeeded,
            Sequences = States(sequences),
            Prediction = prediction,
        };
        var reports = PredictionReports.Of(prediction, manifest);
        var record = await predictions.SaveAsync(final, record => audit.PublishedAsync(request, study, record, reports), reports);
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

    private async Task<Prediction> DescribeAsync(
        PredictionRequest request,
        PredictionPlan plan,
        StudyReference study,
        StudyManifest manifest,
        IReadOnlyList<SequenceResult> sequences,
        ModelScore? score)
    {
        var upload = await uploads.GetAsync(request.UploadId);
        var settings = (await profiles.GetAsync(request.Center, plan.ProfileSha256)).Settings;
        var (model, card) = score is null ? (null, null) : await DescribeModelAsync(request.Center, study.FieldStrength!, plan);
        return new Prediction
        {
            Id = request.Id,
            Center = request.Center,
            UploadId = request.UploadId,
            Supersedes = upload.Supersedes,
            StudyUid = study.StudyUid,
            FieldStrength = study.FieldStrength,
            MagneticFieldStrength = manifest.MagneticFieldStrength,
            Model = model,
            Probability = score?.Probability,
            Threshold = score?.Threshold,
            Decision = score?.Decision,
            Explanation = score?.Explanation,
            Settings = settings.Name,
            SettingsHash = settings.ComputeHash(),
            EngineVersion = await EngineVersionAsync(sequences),
            IngestVersion = manifest.IngestVersion,
            UploadSha256 = upload.Sha256,
            ProfileSha256 = plan.ProfileSha256,
            Manifest = study.Manifest,
            Sequences = [.. manifest.Sequences.Select(sequence => Describe(sequence, sequences))],
            Warnings = [.. score?.Explanation?.Warnings ?? [], .. manifest.Warnings, .. sequences.Where(s => s.Error is not null).Select(s => $"{s.Name}: no features ({s.Error!.Code}). {s.Error.Detail}")],
            NotForClinicalUse = card?.NotForClinicalUse ?? true,
            Notice = card?.Notice ?? FeaturesOnly,
        };
    }

    private async Task<(PredictionModel Model, ModelCard Card)> DescribeModelAsync(string center, string fieldStrength, PredictionPlan plan)
    {
        var pointer = plan.Models[fieldStrength];
        var card = (await models.GetAsync(center, fieldStrength, pointer)).Card;
        var model = new PredictionModel
        {
            Center = card.Center,
            FieldStrength = card.FieldStrength,
            Name = card.Name,
            Version = pointer.Version,
            Sequence = card.Sequence,
            Learner = Describe(card.Learner),
            Outcome = card.Outcome,
            PackageSha256 = pointer.Sha256,
        };
        return (model, card);
    }

    private async Task<string> EngineVersionAsync(IReadOnlyList<SequenceResult> sequences) =>
        sequences.FirstOrDefault(s => s.Features is not null)?.Features is { } reference
            ? (await features.GetAsync(reference)).Vector.EngineVersion
            : FeatureExtractor.EngineVersion;

    private static string Describe(Learner learner) => learner switch
    {
        Learner.LogisticRegression => "L2-penalised logistic regression (ML.NET, LBFGS)",
        Learner.LightGbm => "gradient boosting (ML.NET, LightGBM)",
        Learner.FastForest => "random forest (ML.NET, FastForest)",
        _ => throw new ArgumentOutOfRangeException(nameof(learner), learner, null),
    };

    private static PredictionSequence Describe(ManifestSequence sequence, IReadOnlyList<SequenceResult> results) => new()
    {
        Name = sequence.Name,
        Volume = new BlobReference(sequence.Volume.Blob, sequence.Volume.Sha256),
        Roi = new BlobReference(sequence.Roi.Blob, sequence.Roi.Sha256),
        Features = results.Single(result => result.Name == sequence.Name).Features,
        RoiVolumeMl = sequence.RoiVolumeMl,
        RoiSource = sequence.RoiSource,
        RoiQuality = sequence.RoiQuality,
    };

    private static SortedDictionary<string, SequenceState> States(IReadOnlyList<SequenceResult> sequences) => new(
        sequences.ToDictionary(s => s.Name, s => s.Features is null ? SequenceState.Failed : SequenceState.Done),
        StringComparer.Ordinal);
}
