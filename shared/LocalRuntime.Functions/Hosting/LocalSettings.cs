using System.Text.Json;

namespace LocalRuntime.Functions.Hosting;

/// <summary>local.settings.json: the developer's own settings, which environment variables override.</summary>
internal sealed record LocalSettings
{
    /// <summary>The <c>Values</c> section under configuration keys (<c>__</c> became <c>:</c>).</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    /// <summary><c>Host.LocalHttpPort</c>.</summary>
    public int? Port { get; init; }

    /// <summary>The file of the app's output, its project or the current directory, whichever is found first; empty settings where there is none.</summary>
    public static LocalSettings Find(string appDirectory)
    {
        string?[] places = [appDirectory, ProjectDirectory(appDirectory), Environment.CurrentDirectory];
        var file = places.Where(p => p is not null).Select(p => Path.Combine(p!, "local.settings.json")).FirstOrDefault(File.Exists);
        return file is null ? new LocalSettings() : Read(file);
    }

    public static LocalSettings Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            });
            var root = document.RootElement;
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            if (root.TryGetProperty("Values", out var section))
            {
                foreach (var value in section.EnumerateObject())
                    values[value.Name.Replace("__", ":")] = value.Value.ValueKind == JsonValueKind.Null ? null : value.Value.ToString();
            }
            var port = root.TryGetProperty("Host", out var host) && host.TryGetProperty("LocalHttpPort", out var p) && p.TryGetInt32(out var number) ? number : (int?)null;
            return new LocalSettings { Values = values, Port = port };
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"local.settings.json isn't valid JSON (line {e.LineNumber + 1}): {file}", e);
        }
    }

    /// <summary>From bin/Debug/net10.0 up to the directory of the project that was built there.</summary>
    private static string? ProjectDirectory(string appDirectory)
    {
        var directory = new DirectoryInfo(appDirectory);
        for (var up = 0; up < 4 && directory is not null; up++, directory = directory.Parent)
        {
            if (directory.EnumerateFiles("*.csproj").Any())
                return directory.FullName;
        }
        return null;
    }
}
