using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RadiomicsFunctions.Api;

/// <summary>The sentences of documentation comments, from the XML files that the compiler puts beside the assemblies. What has none there has no sentence.</summary>
internal static partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> s_files = new();

    /// <summary>The summary of a type.</summary>
    public static string? SummaryOf(Type type) => Text(MemberOf(type.Assembly, $"T:{NameOf(type)}")?.Element("summary"));

    /// <summary>The summary of a property, or of an enum's value; of a positional record's property what its parameter says.</summary>
    public static string? SummaryOf(MemberInfo member)
    {
        var type = member.DeclaringType!;
        var kind = member is PropertyInfo ? "P" : "F";
        return Text(MemberOf(type.Assembly, $"{kind}:{NameOf(type)}.{member.Name}")?.Element("summary"))
            ?? Text(MemberOf(type.Assembly, $"T:{NameOf(type)}")?.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == member.Name));
    }

    private static XElement? MemberOf(Assembly assembly, string id) => s_files.GetOrAdd(assembly, Read).GetValueOrDefault(id);

    private static IReadOnlyDictionary<string, XElement> Read(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").DistinctBy(Name).ToDictionary(Name)
            : new Dictionary<string, XElement>();

        static string Name(XElement member) => (string)member.Attribute("name")!;
    }

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    // <c>x</c> → `x`, <see cref="P:A.B.C"/> → `C`; on one line.
    private static string? Text(XElement? element) => element is null ? null : Space().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "paramref" } reference => $"`{((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1]}`",
        XElement other => other.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
