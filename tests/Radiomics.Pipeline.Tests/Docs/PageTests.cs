namespace Radiomics.Pipeline.Tests.Docs;

/// <summary>The pages hang together.</summary>
public sealed class PageTests
{
    private static readonly IReadOnlyDictionary<string, MarkdownPage> s_pages = MarkdownPage.All();

    private static MarkdownPage First => s_pages[Path.Combine(TestData.RepositoryRoot, "README.md")];

    [Fact]
    public void Every_link_leads_to_something_that_is_there()
    {
        var links = s_pages.Values.SelectMany(page => page.Links.Select(link => (page, link))).ToArray();

        Assert.True(links.Length > 100, $"Only {links.Length} links were found.");
        Assert.Equal([], links.Where(one => !IsThere(one.page.Resolve(one.link))).Select(one => $"{Name(one.page.Path)}: {one.link}"));

        static bool IsThere((string Path, string? Fragment) target) =>
            Path.Exists(target.Path) && (target.Fragment is null || (s_pages.TryGetValue(target.Path, out var page) && page.Anchors.Contains(target.Fragment)));
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_first_one()
    {
        HashSet<string> reached = new(StringComparer.Ordinal) { First.Path };
        for (var front = new Queue<string>(reached); front.TryDequeue(out var path);)
        {
            foreach (var target in s_pages[path].Links.Select(link => s_pages[path].Resolve(link).Path).Where(s_pages.ContainsKey))
            {
                if (reached.Add(target))
                {
                    front.Enqueue(target);
                }
            }
        }

        Assert.Equal([], s_pages.Keys.Where(path => !reached.Contains(path)).Select(Name));
    }

    /// <summary>Five minutes at 200 words a minute.</summary>
    [Fact]
    public void The_first_page_is_read_in_five_minutes() => Assert.InRange(First.Words, 300, 1000);

    [Theory]
    [InlineData("infra-bicep/README.md")]
    [InlineData("functions/README.md")]
    [InlineData("shared/Radiomics.Cli/README.md")]
    [InlineData(".github/CONTRIBUTING.md")]
    public void Each_of_the_four_readers_is_sent_to_a_page_by_the_first_one(string page) =>
        Assert.Contains(Path.GetFullPath(Path.Combine(TestData.RepositoryRoot, page)), First.Links.Select(link => First.Resolve(link).Path));

    private static string Name(string path) => Path.GetRelativePath(TestData.RepositoryRoot, path);
}
