using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Functions.Hosting;

/// <summary>host.json under the configuration section that the real host gives it, so that a setting can override each value.</summary>
internal static class HostJson
{
    public const string Section = "AzureFunctionsJobHost";

    /// <summary>The file's values by key; nothing where the app has no host.json.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Read(string appDirectory) =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(appDirectory, "host.json"), optional: true)
            .Build()
            .AsEnumerable()
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(Section + ":" + pair.Key, pair.Value));
}
