using System.Text.Json;
using System.Text.Json.Serialization;
using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>
/// A model that can be stored, checked and asked: a zip of <c>package.json</c> (digests of the others), <c>card.json</c>, <c>model.json</c>
/// (what scores), <c>model.zip</c> (the same model for ML.NET) and <c>training.json</c>. Immutable and safe for threads.
/// </summary>
public sealed class ModelPackage
{
    private ModelPackage(string version, ModelCard card, ScoringModel model, TrainingRecord training)
    {
        Version = version;
        Card = card with { Version = version };
        Model = model;
        Training = training;
        FeatureNames = [.. model.Features.Select(f => f.Name)];
        TrainingStudies = training.TrainingStudies.ToHashSet(StringComparer.Ordinal);
        TestStudies = training.TestStudies.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Content hash of the package, first 16 hex digits.</summary>
    public string Version { get; }

    /// <summary>The card, with its version.</summary>
    public ModelCard Card { get; }

    /// <summary>What scores.</summary>
    public ScoringModel Model { get; }

    /// <summary>What it was trained from and how.</summary>
    public TrainingRecord Training { get; }

    /// <summary>Sequence whose features the model reads.</summary>
    public string Sequence => Card.Sequence;

    /// <summary>Probability from which on (inclusive) the decision is positive.</summary>
    public double Threshold => Model.Threshold;

    /// <summary>Hash of the settings that the features must have been extracted with.</summary>
    public string SettingsHash => Card.SettingsHash;

    /// <summary>Engine that the features must come from.</summary>
    public string EngineVersion => Card.EngineVersion;

    /// <summary>Features and covariates that the model reads, in its order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Mapped UIDs of the studies on which anything was fitted or chosen.</summary>
    public IReadOnlySet<string> TrainingStudies { get; }

    /// <summary>Mapped UIDs of the studies that were held out.</summary>
    public IReadOnlySet<string> TestStudies { get; }

    /// <summary>Reads a package and checks every digest.</summary>
    /// <exception cref="RadiomicsException"><c>ModelPackageInvalid</c>.</exception>
    public static ModelPackage Load(Stream zip)
    {
        var (version, files) = PackageFiles.Read(zip);
        try
        {
            var package = new ModelPackage(
                version,
                PackageFiles.Parse<ModelCard>(files[PackageFiles.Card]),
                PackageFiles.Parse<ScoringModel>(files[PackageFiles.Model]),
                PackageFiles.Parse<TrainingRecord>(files[PackageFiles.Training]));
            return package.Contradiction() is { } contradiction ? throw PackageFiles.Invalid(contradiction) : package;
        }
        catch (Exception e) when (e is not RadiomicsException)
        {
            throw PackageFiles.Invalid("One of its files doesn't hold what it should.", e);
        }
    }

    /// <summary>Reads a package for features of certain settings and engine.</summary>
    /// <exception cref="RadiomicsException"><c>ModelPackageInvalid</c>, <c>ModelDoesNotFitProfile</c>.</exception>
    public static ModelPackage Load(Stream zip, string expectedSettingsHash, string expectedEngineVersion)
    {
        var package = Load(zip);
        package.EnsureFits(expectedSettingsHash, expectedEngineVersion);
        return package;
    }

    /// <summary>Checks that features of certain settings and engine are those that the model was trained on.</summary>
    /// <exception cref="RadiomicsException"><c>ModelDoesNotFitProfile</c>.</exception>
    public void EnsureFits(string settingsHash, string engineVersion)
    {
        if (settingsHash != SettingsHash || engineVersion != EngineVersion)
        {
            throw new RadiomicsException("ModelDoesNotFitProfile", settingsHash != SettingsHash
                ? $"The model {Version} was trained on features of other extraction settings ('{Card.Settings}', {SettingsHash[..8]}…) than the profile's; train the center's model anew, or give the profile its settings back."
                : $"The model {Version} was trained on features of engine {EngineVersion}; this is engine {engineVersion}. Train the center's model anew.");
        }
    }

    /// <summary>Scores one patient. A radiomic feature that is undefined for this ROI, or a covariate given as null, is imputed and named in the warnings.</summary>
    /// <param name="features">Features of <see cref="Sequence"/>.</param>
    /// <param name="covariates">Clinical covariates by column; needed where the model reads any.</param>
    /// <exception cref="RadiomicsException">
    /// <c>FeaturesDoNotFitModel</c>: other settings, another engine, or a tag that is missing; <c>CovariatesMissing</c>: the model reads covariates that aren't given.
    /// </exception>
    public ModelScoring Score(FeatureVector features, IReadOnlyDictionary<string, double?>? covariates = null)
    {
        if (features.SettingsHash != SettingsHash)
        {
            throw DoesNotFit($"The features were extracted with other settings than the model's '{Card.Settings}'.");
        }

        if (features.EngineVersion != EngineVersion)
        {
            throw DoesNotFit($"The features come from engine {features.EngineVersion}, the model was trained on {EngineVersion}.");
        }

        string[] absent = [.. Model.Features.Where(f => f.Covariate && covariates?.ContainsKey(f.Name) != true).Select(f => f.Name)];
        if (absent.Length > 0)
        {
            throw new RadiomicsException("CovariatesMissing", $"The model reads clinical covariates that were not given: {string.Join(", ", absent)}.");
        }

        return Model.Score([.. Model.Features.Select(f => f.Covariate
            ? covariates![f.Name]
            : features.Features.TryGetValue(f.Name, out var value) ? value : throw DoesNotFit($"The feature '{f.Name}', which the model reads, is missing."))]);
    }

    /// <summary>Packs a trained model; what <see cref="Load(Stream)"/> would refuse is refused here.</summary>
    /// <exception cref="RadiomicsException"><c>ModelPackageInvalid</c>.</exception>
    internal static ModelPackageBytes Pack(ModelCard card, ScoringModel model, TrainingRecord training, byte[] mlNetModel)
    {
        var (version, zip) = PackageFiles.Write(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [PackageFiles.Card] = PackageFiles.Serialise(card with { Version = null }),
            [PackageFiles.Model] = PackageFiles.Serialise(model),
            [PackageFiles.MlNet] = mlNetModel,
            [PackageFiles.Training] = PackageFiles.Serialise(training),
        });
        return new ModelPackage(version, card, model, training).Contradiction() is { } contradiction
            ? throw PackageFiles.Invalid(contradiction)
            : new(version, zip, card with { Version = version });
    }

    private string? Contradiction() =>
        !Model.IsSound() ? "Its model has parts that don't fit together, or numbers that can't be."
        : Card.Learner != Model.Learner || Card.FeatureSet != Model.FeatureSet || Card.Threshold != Model.Threshold || Card.Calibration != Model.Calibration
            || !Card.Features.Select(f => f.Name).SequenceEqual(FeatureNames, StringComparer.Ordinal) ? "Its card describes another model."
        : Card.SettingsHash != Training.SettingsHash || Card.EngineVersion != Training.EngineVersion || Card.LearningVersion != Training.LearningVersion
            || Card.Seed != Training.Seed || Card.Cohort.Sha256 != Training.CohortSha256 ? "Its card describes another training."
        : TrainingStudies.Overlaps(TestStudies) ? "It was trained on studies that it calls held out."
        : null;

    private static RadiomicsException DoesNotFit(string detail) => new("FeaturesDoNotFitModel", detail);
}
