using Radiomics.Dicom;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Says in a record what was predicted from what: the one place that does, so that the same inputs give the same bytes whenever they are put together.</summary>
internal static class PredictionDescription
{
    private const string FeaturesOnly =
        "Features only: this center has no model, and nothing is predicted. For research; not for clinical use.";

    /// <summary>The final record of a prediction that succeeded.</summary>
    public static PredictionStatus Of(
        PredictionRequest request, StudyReference study, StudyManifest manifest, IReadOnlyList<SequenceResult> sequences, PredictionBasis basis) => new()
        {
            Id = request.Id,
            Center = request.Center,
            Status = PredictionState.Succeeded,
            Sequences = States(sequences),
            Prediction = Describe(request, study, manifest, sequences, basis),
        };

    /// <summary>The warning about a sequence without features.</summary>
    private static string WarningOf(SequenceResult failed) => $"{failed.Name}: no features ({failed.Error!.Code}). {failed.Error.Detail}";

    private static Prediction Describe(
        PredictionRequest request, StudyReference study, StudyManifest manifest, IReadOnlyList<SequenceResult> sequences, PredictionBasis basis)
    {
        var (score, card) = (basis.Score, basis.Model?.Card);
        return new Prediction
        {
            Id = request.Id,
            Center = request.Center,
            UploadId = request.UploadId,
            Supersedes = basis.Supersedes,
            StudyUid = study.StudyUid,
            FieldStrength = study.FieldStrength,
            MagneticFieldStrength = manifest.MagneticFieldStrength,
            Model = basis.Model is var (pointer, model) ? Describe(pointer, model) : null,
            Probability = score?.Probability,
            Threshold = score?.Threshold,
            Decision = score?.Decision,
            Explanation = score?.Explanation,
            Settings = basis.Settings.Name,
            SettingsHash = basis.Settings.ComputeHash(),
            EngineVersion = basis.EngineVersion,
            IngestVersion = manifest.IngestVersion,
            UploadSha256 = basis.UploadSha256,
            ProfileSha256 = basis.ProfileSha256,
            Manifest = study.Manifest,
            Sequences = [.. manifest.Sequences.Select(sequence => Describe(sequence, sequences))],
            Warnings = [.. score?.Explanation?.Warnings ?? [], .. manifest.Warnings, .. sequences.Where(s => s.Error is not null).Select(WarningOf)],
            NotForClinicalUse = card?.NotForClinicalUse ?? true,
            Notice = card?.Notice ?? FeaturesOnly,
        };
    }

    private static PredictionModel Describe(ModelPointer pointer, ModelCard card) => new()
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
