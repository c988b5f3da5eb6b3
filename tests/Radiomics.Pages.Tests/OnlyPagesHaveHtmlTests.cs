using System.Text.RegularExpressions;

namespace Radiomics.Pages.Tests;

/// <summary>HTML is made in one place.</summary>
public sealed partial class OnlyPagesHaveHtmlTests
{
    [Fact]
    public void No_other_project_writes_a_tag()
    {
        var files = new[] { "functions", "shared" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(TestData.RepositoryRoot, file).Replace('\\', '/'))
            .Where(file => !Built().IsMatch(file) && !file.StartsWith("shared/Radiomics.Pages/", StringComparison.Ordinal))
            .ToList();
        Assert.True(files.Count > 500, $"{files.Count}");
        Assert.Equal([], files.SelectMany(file => Tags(File.ReadAllLines(Path.Combine(TestData.RepositoryRoot, file))).Select(line => $"{file}:{line}")));
    }

    [Theory]
    [InlineData("page.Append(\"<table>\");", true)]
    [InlineData("var x = $\"<h2 id=\\\"a\\\">{title}</h2>\";", true)]
    [InlineData("\"\"\"<!doctype html>", true)]
    [InlineData("/// <summary>A <p>paragraph</p>.</summary>", false)]
    [InlineData("if (a <b && c> d) List<p> x;", false)]
    public void What_a_tag_is_is_known(string line, bool isTag) => Assert.Equal(isTag, Tags([line]).Any());

    // Comments may quote tags, which documentation is made of.
    private static IEnumerable<int> Tags(string[] lines) => lines.Index().Where(line => !line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal) && Tag().IsMatch(line.Item)).Select(line => line.Index + 1);

    [GeneratedRegex("[\"'][^\"']*<(!doctype|/?(html|head|body|style|script|section|table|thead|tbody|tr|td|th|div|span|ul|ol|li|dl|dt|dd|h[1-6]|p|a|img|svg|figure|strong|small)[ >/])|<(/?(html|body|table|tr|td|th|div|span|h[1-6])|!doctype html)[ >]")]
    private static partial Regex Tag();

    [GeneratedRegex("(^|/)(bin|obj|node_modules)/")]
    private static partial Regex Built();
}
