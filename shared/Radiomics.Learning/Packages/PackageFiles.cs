using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>The files of a package: which there are, their digests, and the version that follows from these.</summary>
internal static class PackageFiles
{
    public const string Card = "card.json";
    public const string Model = "model.json";
    public const string MlNet = "model.zip";
    public const string Training = "training.json";

    private const string ManifestName = "package.json";
    private const int SchemaVersion = 2;
    private const int MaxBytes = 256 << 20;

    private static readonly string[] _names = [Card, Model, MlNet, Training];

    /// <summary>Reads all files and checks them against their digests. Errors of the stream itself come through.</summary>
    /// <exception cref="RadiomicsException"><c>ModelPackageInvalid</c>.</exception>
    public static (string Version, Dictionary<string, byte[]> Files) Read(Stream stream)
    {
        using var zip = Buffer(stream);
        try
        {
            var files = DeterministicZip.Read(zip, MaxBytes);
            var manifestBytes = files.GetValueOrDefault(ManifestName) ?? throw Invalid("It has no package.json.");
            Check(Parse<Manifest>(manifestBytes), files);
            return (VersionOf(manifestBytes), files);
        }
        catch (Exception e) when (e is not RadiomicsException)
        {
            throw Invalid("It can't be read.", e);
        }
    }

    /// <summary>Adds the digests and packs.</summary>
    public static (string Version, byte[] Zip) Write(SortedDictionary<string, byte[]> files)
    {
        var manifest = Serialise(new Manifest
        {
            SchemaVersion = SchemaVersion,
            Files = new SortedDictionary<string, string>(files.ToDictionary(f => f.Key, f => Digest(f.Value)), StringComparer.Ordinal),
        });
        return (VersionOf(manifest), DeterministicZip.Write(files.Append(KeyValuePair.Create(ManifestName, manifest))));
    }

    public static byte[] Serialise<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, RadiomicsJson.Indented);

    public static T Parse<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, RadiomicsJson.Options) ?? throw new JsonException("null");

    public static RadiomicsException Invalid(string detail, Exception? inner = null) => new("ModelPackageInvalid", "The model package can't be used. " + detail, inner);

    private static MemoryStream Buffer(Stream stream)
    {
        var buffer = new MemoryStream();
        var part = new byte[81920];
        int read;
        while ((read = stream.Read(part)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw Invalid("It is too large.");
            }

            buffer.Write(part, 0, read);
        }

        buffer.Position = 0;
        return buffer;
    }

    private static void Check(Manifest manifest, Dictionary<string, byte[]> files)
    {
        if (manifest.SchemaVersion != SchemaVersion)
        {
            throw Invalid($"Its schema is {manifest.SchemaVersion}; this program reads {SchemaVersion}.");
        }

        if (!manifest.Files.Keys.Order(StringComparer.Ordinal).SequenceEqual(_names) || files.Count != _names.Length + 1)
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

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string VersionOf(byte[] manifest) => Digest(manifest)[..16];

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Manifest
    {
        public required int SchemaVersion { get; init; }

        public required IReadOnlyDictionary<string, string> Files { get; init; }
    }
}
