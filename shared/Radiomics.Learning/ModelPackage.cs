using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>
/// A model that can be stored, checked and asked: a zip of <c>package.json</c> (digests of the others), <c>card.json</c>, <c>model.json</c>
/// (what scores) and <c>model.zip</c> (the same model for ML.NET). Immutable and safe for threads.
/// </summary>
public sealed class ModelPackage
{
    private const int SchemaVersion = 1;
    private const long MaxBytes = 256L << 20;

    private readonly LinearModel _model;

    private ModelPackage(string version, ModelCard card, LinearModel model)
    {
        Version = version;
        Card = card with { Version = version };
        _model = model;
        FeatureNames = [.. model.Terms.Select(t => t.Feature)];
    }

    /// <summary>Content hash of the package, first 16 hex digits.</summary>
    public string Version { get; }

    /// <summary>The card, with its version.</summary>
    public ModelCard Card { get; }

    /// <summary>Sequence whose features the model reads.</summary>
    public string Sequence => Card.Sequence;

    /// <summary>Probability from which on (inclusive) the decision is positive.</summary>
    public double Threshold => _model.Threshold;

    /// <summary>Hash of the settings that the features must have been extracted with.</summary>
    public string SettingsHash => Card.SettingsHash;

    /// <summary>Engine that the features must come from.</summary>
    public string EngineVersion => Card.EngineVersion;

    /// <summary>Tags that the model reads.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Reads a package and checks every digest.</summary>
    /// <exception cref="RadiomicsException"><c>ModelPackageInvalid</c>.</exception>
    public static ModelPackage Load(Stream zip)
    {
        try
        {
            var files = DeterministicZip.Read(zip, MaxBytes);
            var manifestBytes = files.GetValueOrDefault("package.json") ?? throw Invalid("It has no package.json.");
            var manifest = Parse<Manifest>(manifestBytes);
            Check(manifest, files);
            var card = Parse<ModelCard>(files["card.json"]);
            var model = Parse<LinearModel>(files["model.json"]);
            if (model.Terms.Count == 0 || model.Terms.Any(t => t.Deviation <= 0) || model.Threshold is < 0 or > 1)
            {
                throw Invalid("Its model has no terms, a deviation that isn't positive, or a threshold that is no probability.");
            }

            return new(VersionOf(manifestBytes), card, model);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException)
        {
            throw new RadiomicsException("ModelPackageInvalid", "The model package can't be read.", e);
        }
    }

    /// <summary>Probability of the outcome, in [0,1].</summary>
    /// <exception cref="RadiomicsException"><c>FeaturesDoNotFitModel</c>: other settings, another engine, or a feature that is missing or undefined.</exception>
    public double Score(FeatureVector features)
    {
        if (features.SettingsHash != SettingsHash)
        {
            throw DoesNotFit($"The features were extracted with other settings than the model's '{Card.Settings}'.");
        }

        if (features.EngineVersion != EngineVersion)
        {
            throw DoesNotFit($"The features come from engine {features.EngineVersion}, the model was trained on {EngineVersion}.");
        }

        Span<double> values = stackalloc double[FeatureNames.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!features.Features.TryGetValue(FeatureNames[i], out var value))
            {
                throw DoesNotFit($"The feature '{FeatureNames[i]}', which the model reads, is missing.");
            }

            values[i] = value ?? throw DoesNotFit($"The feature '{FeatureNames[i]}', which the model reads, is undefined for this ROI.");
        }

        return _model.Probability(values);
    }

    /// <summary>Packs a trained model.</summary>
    internal static ModelPackageBytes Pack(ModelCard card, LinearModel model, byte[] mlNetModel)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["card.json"] = Serialise(card with { Version = null }),
            ["model.json"] = Serialise(model),
            ["model.zip"] = mlNetModel,
        };
        var manifest = Serialise(new Manifest
        {
            SchemaVersion = SchemaVersion,
            Files = new SortedDictionary<string, string>(files.ToDictionary(f => f.Key, f => Digest(f.Value)), StringComparer.Ordinal),
        });
        files.Add("package.json", manifest);
        var version = VersionOf(manifest);
        return new(version, DeterministicZip.Write(files), card with { Version = version });
    }

    private static void Check(Manifest manifest, Dictionary<string, byte[]> files)
    {
        if (manifest.SchemaVersion != SchemaVersion)
        {
            throw Invalid($"Its schema is {manifest.SchemaVersion}; this program reads {SchemaVersion}.");
        }

        string[] needed = ["card.json", "model.json", "model.zip"];
        if (!manifest.Files.Keys.Order(StringComparer.Ordinal).SequenceEqual(needed) || files.Count != needed.Length + 1)
        {
            throw Invalid("It doesn't hold the files that a package has.");
        }

        foreach (var (name, digest) in manifest.Files)
        {
            if (!files.TryGetValue(name, out var content) || Digest(content) != digest)
            {
                throw Invalid($"The digest of {name} is wrong.");
            }
        }
    }

    private static byte[] Serialise<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, RadiomicsJson.Indented);

    private static T Parse<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, RadiomicsJson.Options) ?? throw new JsonException("null");

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string VersionOf(byte[] manifest) => Digest(manifest)[..16];

    private static RadiomicsException Invalid(string detail) => new("ModelPackageInvalid", "The model package can't be used. " + detail);

    private static RadiomicsException DoesNotFit(string detail) => new("FeaturesDoNotFitModel", detail);

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Manifest
    {
        public required int SchemaVersion { get; init; }

        public required IReadOnlyDictionary<string, string> Files { get; init; }
    }
}
