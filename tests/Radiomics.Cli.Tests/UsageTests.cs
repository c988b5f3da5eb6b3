using System.CommandLine;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Tests;

/// <summary>Wrong command lines are told in the tool's own words.</summary>
public sealed class UsageTests
{
    /// <summary>What only those who program it know.</summary>
    private const string Foreign = @"System\.|Nullable|`\d|Int32|Int64|Double\b|Boolean|TimeSpan|expected type|JsonException|AllowTrailingCommas|reader options|Radiomics\.[A-Z]|   at ";

    /// <summary>Each option of each command with a word in place of its value, and each command with what it doesn't know.</summary>
    public static TheoryData<string> Lines
    {
        get
        {
            var root = RadiomicsTool.CreateRoot(new CommandHost(ToolStreams.To(TextWriter.Null, TextWriter.Null), _ => null), []);
            var lines = new TheoryData<string> { "", "--no-such", "nonsense" };
            Add(root, "");
            return lines;

            void Add(Command command, string path)
            {
                foreach (var sub in command.Subcommands)
                {
                    Add(sub, $"{path}{sub.Name} ");
                }

                if (path.Length == 0)
                {
                    return;
                }

                lines.Add($"{path}--no-such-option");
                lines.Add($"{path}1 2 3 4 5 6 7 8 9");
                foreach (var option in command.Options.Where(o => o.Name is not ("--help" or "--version")))
                {
                    // Without a value, and with one that no type but text has; what takes none gets one.
                    lines.Add(option.Arity.MinimumNumberOfValues > 0 ? $"{path}{option.Name}" : $"{path}{option.Name}=perhaps");
                    if (IsTyped(option.ValueType))
                    {
                        lines.Add($"{path}{option.Name} #x --no-such-option");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Whatever_is_wrong_no_type_of_the_program_is_named(string line)
    {
        var result = await CommandLine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("radiomics: ", result.Error);
        Assert.DoesNotMatch(Foreign, result.Error);
    }

    [Theory]
    [InlineData("extract a b --threads x", "--threads must be a whole number, not 'x'.")]
    [InlineData("extract a b --threads 99999999999", "--threads must be a whole number that isn't so large, not '99999999999'.")]
    [InlineData("extract a b --label", "--label needs a value.")]
    [InlineData("extract a b --lable 2", "There is no option '--lable'; there is --label.")]
    [InlineData("extract a --setings x", "There is no option '--setings'; there is --settings.")]
    [InlineData("extract a b c", "'c' is one argument too many.")]
    [InlineData("extract a b --naming foo", "--naming must be one of ibsi, pyradiomics, not 'foo'.")]
    [InlineData("extract", "IMAGE is missing.")]
    [InlineData("settings show", "NAME is missing.")]
    [InlineData("features list --family glcn", "--family must be one of morphology, spatialAutocorrelation, localIntensity, statistics, histogram, intensityVolumeHistogram, glcm, glrlm, glszm, gldzm, ngtdm, ngldm, not 'glcn'.")]
    [InlineData("features", "'radiomics features' needs a command: list, show.")]
    [InlineData("extracct", "There is no command 'extracct'; there is extract.")]
    [InlineData("phantom --out x --center A --field 3.0T --iron much", "--iron must be a number, not 'much'.")]
    public async Task A_mistake_is_told_by_what_was_typed_and_what_there_is(string line, string sentence)
    {
        var result = await CommandLine.RunAsync(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"radiomics: {sentence} (Usage)\n", result.Error.Replace("\r", ""));
    }

    [Theory]
    [InlineData("{\"name\":\"x\",}")]
    [InlineData("{\"name\":\"x\",\"filters\":[{\"type\":\"blur\"}]}")]
    [InlineData("{\"name\":{}}")]
    [InlineData("")]
    public async Task Files_that_are_wrong_are_told_by_line_and_column(string json)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "wrong.json");
        await File.WriteAllTextAsync(path, json, TestContext.Current.CancellationToken);
        foreach (var line in new[] { $"settings show {path}", $"features list --settings {path}", $"extract {folder.Path} --profile {path}" })
        {
            var result = await CommandLine.RunAsync(line.Split(' '));

            Assert.Equal(3, result.ExitCode);
            Assert.Contains("line 1, column ", result.Error);
            Assert.DoesNotMatch(Foreign, result.Error);
        }
    }

    [Fact]
    public async Task A_path_with_an_apostrophe_is_told_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("O'Brien/cases.csv");

        var result = await CommandLine.RunAsync("extract", "--batch", path, "--out", folder.File("out.csv"));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"There is no file or folder '{path}'.", result.Error);
    }

    private static bool IsTyped(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsValueType: true } value && value != typeof(bool);
}
