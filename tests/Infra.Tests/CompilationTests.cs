using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>The templates compile, offline, without a word from the compiler or the linter.</summary>
public sealed class CompilationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Templates.Copy();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_template_compiles_without_a_warning()
    {
        var before = Names("*.json").ToList();

        var (exitCode, _, messages) = Bicep("build", "--pattern", "**/*.bicep");

        Assert.Equal("", messages);
        Assert.Equal(0, exitCode);
        Assert.Equal(Names("*.bicep"), Names("*.json").Except(before));
    }

    [Theory]
    [InlineData("**/*.bicep")]
    [InlineData("*.bicepparam")]
    public void The_linter_has_nothing_to_say(string pattern)
    {
        var (exitCode, output, messages) = Bicep("lint", "--pattern", pattern);

        Assert.Equal("", output + messages);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("**/*.bicep")]
    [InlineData("*.bicepparam")]
    public void They_are_written_as_the_formatter_writes(string pattern)
    {
        var (exitCode, _, messages) = Bicep("format", "--pattern", pattern);

        Assert.True(exitCode == 0, messages);
        Assert.All(Templates.Sources(), file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(_folder.FullName, Path.GetRelativePath(Templates.Source, file)))));
    }

    [Fact]
    public void The_compiler_is_strict()
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "careless.bicep"), "param unused string\nresource old 'Microsoft.Storage/storageAccounts@1999-01-01' = { name: 'x', location: 'westeurope' }\n");

        var (exitCode, _, messages) = Bicep("build", "careless.bicep", "--stdout");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Error no-unused-params", messages, StringComparison.Ordinal);
        // An API version that doesn't exist is a warning, and there must be none.
        Assert.Contains("BCP081", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_that_is_off_says_why()
    {
        var lines = File.ReadAllLines(Path.Combine(_folder.FullName, "bicepconfig.json"));
        var rules = JsonNode.Parse(string.Join('\n', lines), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!["analyzers"]!["core"]!["rules"]!.AsObject();

        foreach (var (rule, settings) in rules.Where(rule => (string?)rule.Value!["level"] != "error"))
        {
            var line = Array.FindIndex(lines, text => text.Contains($"\"{rule}\"", StringComparison.Ordinal));
            Assert.True(lines[line - 1].TrimStart().StartsWith("//", StringComparison.Ordinal), $"{rule} is {settings!["level"]} without a reason");
        }
    }

    [Fact]
    public void No_module_comes_from_anywhere_else() =>
        Assert.All(Templates.Sources().Where(file => Path.GetExtension(file) is ".bicep" or ".bicepparam"), file => Assert.DoesNotMatch(@"'(br|ts)[:/]", File.ReadAllText(file)));

    [Fact]
    public void Every_module_is_used()
    {
        var used = Templates.Sources().Where(file => file.EndsWith(".bicep", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"^module \w+ '(?:modules/)?(\w+)\.bicep'", RegexOptions.Multiline).Select(match => match.Groups[1].Value));

        Assert.Equal(Directory.GetFiles(Path.Combine(Templates.Source, "modules")).Select(Path.GetFileNameWithoutExtension).Order(), used.Distinct().Order());
    }

    private (int ExitCode, string Output, string Messages) Bicep(params string[] arguments) => BicepCli.Run(_folder.FullName, Templates.Environment, arguments);

    private IEnumerable<string?> Names(string pattern) => _folder.GetFiles(pattern, SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file.Name)).Order();
}
