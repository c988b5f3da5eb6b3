using System.Text.RegularExpressions;

namespace Radiomics.Pipeline.Tests.Errors;

/// <summary>The catalogue, the sources and the documentation say the same.</summary>
public sealed partial class ErrorCatalogueTests
{
    private static readonly IReadOnlyDictionary<string, string> s_thrown = ThrownCodes.Read();

    [Fact]
    public void Every_code_that_the_sources_give_is_in_the_catalogue() =>
        Assert.Equal([], s_thrown.Where(code => ErrorCatalogue.TryGet(code.Key) is null).Select(code => $"{code.Key} ({code.Value})"));

    [Fact]
    public void Every_code_of_the_catalogue_is_given_somewhere() =>
        Assert.Equal([], ErrorCatalogue.All.Select(entry => entry.Code).Where(code => !s_thrown.ContainsKey(code)));

    /// <summary>What the scan must find, form by form: a change of style must not make it blind.</summary>
    [Theory]
    [InlineData("NotAZip", "thrown in one line")]
    [InlineData("StudyHasNoRoi", "thrown over several lines")]
    [InlineData("ArchiveTooLarge", "made by a helper, by its return type")]
    [InlineData("RetrainingTerminated", "kept in a field")]
    [InlineData("NonFiniteVoxels", "one of two")]
    [InlineData("StudyNotFound", "handed on through a route")]
    [InlineData("AttributeUnreadable", "of an object's fault")]
    [InlineData("StorageUnreachable", "answered as a problem")]
    [InlineData("InternalFault", "a constant")]
    [InlineData("AzuriteNotStarted", "of the tool")]
    [InlineData("UnexpectedAnswer", "where nothing else is known")]
    public void The_sources_are_read_in_every_form(string code, string form) => Assert.True(s_thrown.ContainsKey(code), form);

    [Fact]
    public void Every_code_is_there_once_and_says_what_to_do()
    {
        Assert.Equal(ErrorCatalogue.All.Count, ErrorCatalogue.All.DistinctBy(entry => entry.Code).Count());
        Assert.All(ErrorCatalogue.All, entry => Assert.Matches(@"^[A-Z`].{10,}\.$", entry.Advice));
        Assert.All(ErrorCatalogue.All, entry => Assert.Matches("^[A-Z][A-Za-z]+$", entry.Code));
    }

    [Fact]
    public void An_answer_that_blames_the_service_has_a_status_above_500_and_any_other_one_below() =>
        Assert.All(ErrorCatalogue.All, entry => Assert.Equal(entry.IsFault, ErrorCatalogue.StatusOf(entry.Code) >= 500));

    [Fact]
    public void A_code_that_nobody_knows_is_a_refusal_and_no_fault()
    {
        Assert.Equal(400, ErrorCatalogue.StatusOf("NeverHeardOf"));
        Assert.False(ErrorCatalogue.IsFault("NeverHeardOf"));
    }

    /// <summary><c>RADIOMICS_WRITE_DOCS=1</c> writes the tables instead.</summary>
    [Fact]
    public void The_documentation_has_every_table_once_and_as_the_catalogue_has_it()
    {
        var pages = Directory.EnumerateFiles(TestData.RepositoryRoot, "*.md", SearchOption.AllDirectories)
            .Where(path => !BuiltFolder().IsMatch(path))
            .ToDictionary(path => path, File.ReadAllText);
        var found = pages.SelectMany(page => Table().Matches(page.Value).Select(table => (Path: page.Key, Area: Enum.Parse<ErrorArea>(table.Groups[2].Value), Text: table.Groups[3].Value))).ToArray();
        Assert.Equal(Enum.GetValues<ErrorArea>(), found.Select(table => table.Area).Order());

        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_DOCS") == "1")
        {
            foreach (var path in found.Select(table => table.Path).Distinct())
            {
                File.WriteAllText(path, Table().Replace(pages[path], table => table.Groups[1].Value + ErrorTables.Of(Enum.Parse<ErrorArea>(table.Groups[2].Value)) + table.Groups[4].Value));
            }

            return;
        }

        Assert.All(found, table => Assert.Equal(ErrorTables.Of(table.Area), table.Text, ignoreLineEndingDifferences: true));
    }

    [GeneratedRegex(@"(<!-- error codes: (\w+) -->\n\n)(.*?)(\n<!-- end of error codes -->)", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"[\\/](bin|obj|node_modules|\.radiomics)[\\/]")]
    private static partial Regex BuiltFolder();
}
