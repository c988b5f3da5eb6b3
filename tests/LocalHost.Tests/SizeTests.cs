using System.Xml.Linq;
using Radiomics;

namespace LocalHost.Tests;

public class SizeTests
{
    private static readonly string _folder = Path.Combine(TestData.RepositoryRoot, "shared", "LocalHost");

    [Fact]
    public void LocalHost_stays_small()
    {
        var lines = Sources("*.cs").Concat(Sources("*.proto")).Sum(file => File.ReadLines(file).Count());
        Assert.True(lines <= 2500, $"LocalHost has {lines} lines.");
    }

    [Fact]
    public void LocalHost_knows_nothing_of_the_product() =>
        Assert.Empty(Sources("*.csproj").SelectMany(file => XDocument.Load(file).Descendants("ProjectReference")));

    private static IEnumerable<string> Sources(string pattern) => Directory.EnumerateFiles(_folder, pattern, SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(_folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
