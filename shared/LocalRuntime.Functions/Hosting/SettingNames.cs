using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Puts settings in for <c>%Name%</c> in a trigger's schedule or path.</summary>
internal static partial class SettingNames
{
    /// <exception cref="FormatException">A setting is missing.</exception>
    public static string Resolve(string text, IConfiguration configuration) => Name().Replace(text, match =>
        configuration[match.Groups[1].Value.Replace("__", ":")]
        ?? throw new FormatException($"The setting {match.Groups[1].Value}, which a trigger names, is missing."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Name();
}
