using System.Text.RegularExpressions;

namespace Radiomics.Pipeline.Tests.Docs;

/// <summary>A page of the documentation: its headings as anchors, and what it links to.</summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string path)
    {
        Path = path;
        var text = Code().Replace(File.ReadAllText(path), "");
        var anchors = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match heading in Heading().Matches(text))
        {
            var slug = Slug(heading.Groups[1].Value);
            anchors[slug] = anchors.GetValueOrDefault(slug) + 1;
        }

        // Headings of the same words are told apart by a number.
        Anchors = anchors.SelectMany(anchor => Enumerable.Range(0, anchor.Value).Select(i => i == 0 ? anchor.Key : $"{anchor.Key}-{i}")).ToHashSet(StringComparer.Ordinal);
        Links = [.. Link().Matches(InlineCode().Replace(text, "")).Select(link => link.Groups[1].Value).Where(target => !Absolute().IsMatch(target))];
        Words = Word().Count(File.ReadAllText(path));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>What a link's fragment may name.</summary>
    public IReadOnlySet<string> Anchors { get; }

    /// <summary>Targets in this repository, as written.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>Words, roughly: what stands between spaces.</summary>
    public int Words { get; }

    /// <summary>All pages of the repository, by path; built and installed folders are left out.</summary>
    public static IReadOnlyDictionary<string, MarkdownPage> All() =>
        Directory.EnumerateFiles(TestData.RepositoryRoot, "*.md", SearchOption.AllDirectories)
            .Where(path => !BuiltFolder().IsMatch(System.IO.Path.GetRelativePath(TestData.RepositoryRoot, path)))
            .ToDictionary(path => path, path => new MarkdownPage(path), StringComparer.Ordinal);

    /// <summary>The file or folder that a link leads to, and the fragment without its sign; null if it has none.</summary>
    public (string Path, string? Fragment) Resolve(string link)
    {
        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? Path : System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, Uri.UnescapeDataString(parts[0])));
        return (path, parts.Length > 1 ? parts[1] : null);
    }

    // As GitHub does: lower case, without signs other than hyphens and underscores, spaces as hyphens.
    private static string Slug(string heading) => Sign().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^#{1,6} (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Absolute();

    [GeneratedRegex(@"[^\p{L}\p{N}\-_ ]")]
    private static partial Regex Sign();

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(^|[\\/])(bin|obj|node_modules|\.radiomics)[\\/]")]
    private static partial Regex BuiltFolder();
}
