using System.Collections.Frozen;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>The centers this deployment serves, read once from the folder <c>models</c> that ships with it.</summary>
public sealed class CenterProfiles
{
    private readonly FrozenDictionary<string, PinnedProfile> _profiles;

    /// <summary>Reads <c>centers/*.json</c>, the rules they name in <c>ingest/*.json</c>, and <c>settings/*.json</c> below <paramref name="modelsFolder"/>.</summary>
    /// <exception cref="InvalidDataException">A profile can't be read, has another name than its file, or names rules or settings that aren't there.</exception>
    public CenterProfiles(string modelsFolder)
    {
        Folder = modelsFolder;
        _profiles = Directory.GetFiles(Path.Combine(modelsFolder, "centers"), "*.json")
            .Select(Read)
            .ToFrozenDictionary(pinned => pinned.Profile.Center, StringComparer.Ordinal);
    }

    /// <summary>The folder they were read from.</summary>
    public string Folder { get; }

    /// <summary>Names of the known centers, in ordinal order.</summary>
    public IEnumerable<string> Centers => _profiles.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether there is a profile.</summary>
    public bool Knows(string center) => _profiles.ContainsKey(center);

    /// <summary>The center if known, else <c>_system</c>: where records of an upload are kept. What an unknown sender wrote as a center never becomes a name of ours.</summary>
    public string AreaOf(string center) => Knows(center) ? center : Containers.System;

    /// <summary>Null for a known center, else a digest of the name: tells unknown senders apart without keeping what they wrote.</summary>
    public string? SenderOf(string center) => Knows(center) ? null : DigestOf(center);

    /// <summary>The digest of a name that is no center's.</summary>
    internal static string DigestOf(string name) => Pipeline.Digest.OfParts("center", name);

    /// <summary>A center's profile.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>.</exception>
    public CenterProfile Get(string center) => Pin(center).Profile;

    /// <summary>A center's profile with its settings.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>.</exception>
    public PinnedProfile Pin(string center) => _profiles.GetValueOrDefault(center) ?? throw Unknown();

    /// <summary>
    /// <c>UnknownCenter</c>, which is also what a caller without any right at a center is told: it says nothing by which the two could be told apart, nor which
    /// centers there are.
    /// </summary>
    public static RadiomicsException Unknown() => new(
        "UnknownCenter", "There is no center of that name here. The first part of the path names the center, in upper and lower case as given.");

    /// <summary>Whether a text can be a center's name: letters, digits, <c>-</c> and <c>_</c>, not <c>_</c> first.</summary>
    public static bool IsName(string name) => name.Length > 0 && name[0] != '_' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>SHA-256 of a center's profile and settings.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>.</exception>
    public string Digest(string center) => Pipeline.Digest.Of(BlobStore.Json(Pin(center)));

    /// <summary>Extraction settings by name.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownSettings</c>, <c>InvalidSettings</c>.</exception>
    public ExtractionSettings Settings(string name)
    {
        var file = Directory.GetFiles(Path.Combine(Folder, "settings"), "*.json").FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name)
            ?? throw new RadiomicsException("UnknownSettings", $"There are no extraction settings '{name}'.");
        try
        {
            return ExtractionSettingsFile.Load(File.ReadAllBytes(file));
        }
        catch (RadiomicsException e)
        {
            throw new RadiomicsException(e.Code, $"The extraction settings '{name}': {e.Detail}", e);
        }
    }

    private PinnedProfile Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var profile = CenterProfileFile.Load(File.ReadAllBytes(path), Folder);
            if (profile.Center != name || !IsName(name))
            {
                throw new InvalidDataException($"The center profile '{name}.json' names its center '{profile.Center}'; both must be the same and of letters, digits, '-' and '_'.");
            }

            return new PinnedProfile(profile, Settings(profile.Settings));
        }
        catch (Exception e) when (e is JsonException or RadiomicsException)
        {
            throw new InvalidDataException($"The center profile '{name}.json' can't be used: {(e is JsonException json ? JsonSentence.Of(json) : e.Message)}", e);
        }
    }
}
