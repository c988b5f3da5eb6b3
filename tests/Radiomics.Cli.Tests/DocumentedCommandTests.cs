using System.Text.RegularExpressions;

namespace Radiomics.Cli.Tests;

/// <summary>What the pages tell people to type, the tool knows.</summary>
public sealed partial class DocumentedCommandTests
{
    [Fact]
    public async Task Every_command_and_option_of_the_pages_is_one_of_the_tool()
    {
        var commands = Pages().SelectMany(page => Command().Matches(File.ReadAllText(page)).Select(match => (Page: Path.GetRelativePath(TestData.RepositoryRoot, page), Line: match.Groups[1].Value))).Distinct().ToArray();
        Assert.True(commands.Length > 40, $"Only {commands.Length} commands were found.");

        List<string> unknown = [];
        foreach (var (page, line) in commands)
        {
            if (await FaultOfAsync(line) is { } fault)
            {
                unknown.Add($"{page}: {line}: {fault}");
            }
        }

        Assert.Equal([], unknown);
    }

    private static async Task<string?> FaultOfAsync(string line)
    {
        var words = Comment().Replace(line, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var help = (await CommandLine.RunAsync(words[0], "--help")).Output;
        if (!help.Contains($" {words[0]} ", StringComparison.Ordinal) || help.Contains("\n  demo ", StringComparison.Ordinal))
        {
            return "no such command";
        }

        if (help.Contains("\nCommands:", StringComparison.Ordinal) && words.Length > 1)
        {
            if (!help.Contains($"\n  {words[1]} ", StringComparison.Ordinal))
            {
                return $"no such command '{words[1]}'";
            }

            help = (await CommandLine.RunAsync(words[0], words[1], "--help")).Output;
        }

        return words.FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) && !Regex.IsMatch(help, $@"[ ,]{word}\b")) is { } option ? $"no such option '{option}'" : null;
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(TestData.RepositoryRoot, "*.md", SearchOption.AllDirectories).Where(path => !BuiltFolder().IsMatch(Path.GetRelativePath(TestData.RepositoryRoot, path)));

    // At the start of a line or of inline code, after variables that are set for it, or after what runs it from source.
    [GeneratedRegex(@"(?:^|`|\$\()(?:[A-Z_]+=\S+ )*(?:dotnet run --project shared/Radiomics\.Cli -- |radiomics )([a-z][^`\r\n)]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(^|[\\/])(bin|obj|node_modules|\.radiomics)[\\/]")]
    private static partial Regex BuiltFolder();
}
