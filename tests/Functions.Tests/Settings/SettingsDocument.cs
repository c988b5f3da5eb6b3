using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Radiomics.Pipeline;

namespace Functions.Tests.Settings;

/// <summary>The settings as documents: what the classes say, and nothing else.</summary>
internal static partial class SettingsDocument
{
    private const string Start = """
        # Settings

        Made of the classes that read them (`tests/Functions.Tests/Settings`), which are checked at start: what is missing, misspelt or out of range is told by name, all at once. In Azure they are
        app settings, on one's own machine lines of `functions/local.settings.json` (see `local.settings.sample.json`) or environment variables. `0` counts the entries of a list from 0 on.
        The host's own settings, and OpenTelemetry's (`OTEL_…`), are their owners' to describe.

        | setting | is | may be | without it |
        |---|---|---|---|

        """;

    /// <summary>A table for people.</summary>
    public static string Markdown(IEnumerable<SettingsConcern> concerns) => Start + string.Concat(concerns.SelectMany(concern => concern.Settings()).Select(Row));

    /// <summary>A file to copy: what a local run needs, and everything else behind comment signs.</summary>
    public static string Sample(IEnumerable<SettingsConcern> concerns, IReadOnlyDictionary<string, string> needed)
    {
        var others = concerns.SelectMany(concern => concern.Settings()).Where(setting => !needed.ContainsKey(setting.Name));
        return new StringBuilder("{\n  \"IsEncrypted\": false,\n  \"Values\": {\n    // What each of these is: functions/SETTINGS.md.\n")
            .AppendJoin("", others.Select(setting => $"    // \"{setting.Name}\": \"{DefaultOf(setting)}\",\n"))
            .AppendJoin(",\n", needed.Select(setting => $"    \"{setting.Key}\": \"{setting.Value}\""))
            .Append("\n  }\n}\n")
            .ToString();
    }

    /// <summary>The docstring of a setting's property; empty if it has none.</summary>
    public static string DescriptionOf(Setting setting)
    {
        var type = setting.Property.DeclaringType!;
        var member = XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml")).Descendants("member")
            .SingleOrDefault(member => (string?)member.Attribute("name") == $"P:{type.FullName}.{setting.Property.Name}");
        return member?.Element("summary") is { } summary ? Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim() : "";
    }

    private static string Row(Setting setting)
    {
        var rules = setting.Property.GetCustomAttributes<ValidationAttribute>().Select(rule => SettingsCheck.Rule(rule).Replace("must be ", "", StringComparison.Ordinal).TrimEnd('.'));
        var without = setting.IsRequired ? "the service doesn't start" : DefaultOf(setting) is { Length: > 0 } value ? $"`{value}`" : "";
        return $"| `{setting.Name}` | {DescriptionOf(setting)} | {string.Join("; ", rules)} | {without} |\n";
    }

    private static string DefaultOf(Setting setting) =>
        (Convert.ToString(setting.Default, CultureInfo.InvariantCulture) ?? "") is { Length: > 0 } value && !value.Contains(AppContext.BaseDirectory, StringComparison.Ordinal) ? value : "";

    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" } see => $"`{((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword"))!.Split('.')[^1]}`",
        XElement element => $"`{element.Value}`",
        XText text => text.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
