using System.Text.RegularExpressions;
using Radiomics.Cli.Output;
using Spectre.Console;

namespace Radiomics.Cli.Tests.Output;

/// <summary>What a user copies is in the output as it is, whatever the screen's width.</summary>
public sealed partial class WholeWordTests
{
    private const string Connection =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;";

    private const string Command = "radiomics models approve r-7d793037a0760186574b0282f2f435e7 --center A --field 3.0T --name … --reason …";

    public static TheoryData<int, bool> Screens => new(from width in new[] { 20, 40, 80, 120, 200 } from interactive in new[] { true, false } select (width, interactive));

    [Theory]
    [MemberData(nameof(Screens))]
    public void A_note_is_one_line_however_long(int width, bool interactive)
    {
        using var error = new StringWriter();
        var terminal = new Terminal(ToolStreams.To(TextWriter.Null, error), interactive, color: true, json: false, width);

        terminal.Note($"Storage account: {Connection}");
        terminal.Note(Command);

        Assert.Equal([$"Storage account: {Connection}", Command], Lines(error));
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public void No_word_of_a_table_is_broken(int width, bool interactive)
    {
        using var output = new StringWriter();
        var terminal = new Terminal(ToolStreams.To(output, TextWriter.Null), interactive, color: true, json: false, width);
        string[] words =
        [
            "p-5d41402abc4b2a76b9719d911017c592",
            "features/A/2.25.120894562340985672340958672340598/T1_F/3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b.json",
            Connection,
            "https://example.blob.core.windows.net/incoming/A/x.zip?sp=cw&sr=b&sig=%2Babc",
        ];
        var table = new Table().Border(TableBorder.Rounded).AddColumns("what", "the value of it", "why");
        foreach (var word in words)
        {
            table.AddRow("some words about it that may be wrapped as they like", Markup.Escape($"ROI 12.3 ml, {word} and more"), "x");
        }

        terminal.Show(table);

        Assert.All(words, word => Assert.Contains(word, output.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void A_table_whose_words_fit_is_no_wider_than_the_screen(int width)
    {
        using var output = new StringWriter();
        var terminal = new Terminal(ToolStreams.To(output, TextWriter.Null), interactive: false, color: false, json: false, width);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("id", "reason");
        table.AddRow("p-5d41402abc4b2a76b9719d911017c592", string.Join(' ', Enumerable.Repeat("word", 100)));

        terminal.Show(table);

        Assert.All(Lines(output), line => Assert.InRange(line.Length, 1, width));
        Assert.Contains("p-5d41402abc4b2a76b9719d911017c592", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 5, 5 }, new[] { 50, 20 }, 40, new[] { 20, 20 })]
    [InlineData(new[] { 5, 5 }, new[] { 50, 20 }, 100, new[] { 50, 20 })]
    [InlineData(new[] { 30, 5 }, new[] { 50, 20 }, 40, new[] { 30, 10 })]
    [InlineData(new[] { 30, 20 }, new[] { 50, 20 }, 40, new[] { 30, 20 })]
    public void Columns_give_way_but_never_below_their_longest_word(int[] least, int[] most, int room, int[] expected) =>
        Assert.Equal(expected, WholeTable.Widths(least, most, room));

    /// <summary>The terminal has two doors, for lines and for tables; what is drawn in place is for progress alone.</summary>
    [Fact]
    public void Nothing_goes_to_the_console_library_but_through_the_terminal()
    {
        var folder = Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Cli");
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(path => !BuiltFolder().IsMatch(path) && Path.GetFileName(path) != "Terminal.cs").ToArray();

        Assert.True(sources.Length > 100, $"Only {sources.Length} files were found.");
        Assert.Equal([], sources.Where(path => Writing().IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(folder, path)));
        Assert.Matches(Writing(), "terminal.Screen.WriteLine(x)");
        Assert.Matches(Writing(), "AnsiConsole.Write(x)");
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToArray();

    [GeneratedRegex(@"\.Screen\.(?!Live\(|Progress\()|AnsiConsole\.(?!Create\()")]
    private static partial Regex Writing();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex BuiltFolder();
}
