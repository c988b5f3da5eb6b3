using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>Reads settings files; an option that this engine doesn't know is an error, never ignored.</summary>
public static class ExtractionSettingsFile
{
    private const string SchemaSuffix = ".schema.json";

    /// <summary>The settings that come with the product, beside the program: <c>models/settings</c>.</summary>
    public static string ShippedFolder { get; } = Path.Combine(AppContext.BaseDirectory, "models", "settings");

    /// <summary>The JSON schema of settings files, which lies beside them.</summary>
    public static string SchemaFile { get; } = Path.Combine(ShippedFolder, "extraction-settings" + SchemaSuffix);

    /// <summary>Names of the shipped settings, in ordinal order.</summary>
    public static IReadOnlyList<string> ShippedNames => NamesIn(ShippedFolder);

    /// <summary>Loads settings by shipped name (<c>liver-mri</c>) or by path of a JSON file.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: no such settings, or not usable.</exception>
    public static ExtractionSettings Load(string nameOrPath) => Load(nameOrPath, ShippedFolder);

    /// <summary>The same, with names looked up in <paramref name="folder"/>.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: no such settings, or not usable.</exception>
    public static ExtractionSettings Load(string nameOrPath, string folder)
    {
        var isPath = nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || nameOrPath.AsSpan().ContainsAny('/', '\\');
        var path = isPath ? nameOrPath : Path.Combine(folder, nameOrPath + ".json");
        if (!File.Exists(path))
        {
            throw new RadiomicsException(
                "InvalidSettings",
                isPath ? "The settings file doesn't exist." : $"There are no settings named '{nameOrPath}'; there are {string.Join(", ", NamesIn(folder))}.");
        }

        return Load(File.ReadAllBytes(path));
    }

    /// <summary>Loads settings from JSON.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: not JSON, an unknown option, or a value out of its range.</exception>
    public static ExtractionSettings Load(Stream json)
    {
        using var bytes = new MemoryStream();
        json.CopyTo(bytes);
        return Load(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Loads settings from JSON text in UTF-8.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: not JSON, an unknown option, or a value out of its range.</exception>
    public static ExtractionSettings Load(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        try
        {
            var settings = SettingsJson.Read(json);
            try
            {
                return settings.Validated();
            }
            catch (RadiomicsException e) when (SettingsPlace.Of(e, settings, json) is { } place)
            {
                throw new RadiomicsException(e.Code, $"{place}: {e.Detail}", e);
            }
        }
        catch (JsonException e)
        {
            throw new RadiomicsException("InvalidSettings", $"The settings can't be read at {JsonSentence.Of(e, json)}", e);
        }
    }

    private static string[] NamesIn(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.GetFiles(folder, "*.json")
            .Where(path => !path.EndsWith(SchemaSuffix, StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
    ];
}
