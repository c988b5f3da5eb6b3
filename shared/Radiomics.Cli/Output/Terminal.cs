using System.Text.Json;
using Radiomics.Extraction;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>
/// Where a command writes. Results go to standard output, everything else (progress, notes, errors) to standard error,
/// so that with <c>--json</c> standard output carries the JSON and nothing else.
/// </summary>
public sealed class Terminal
{
    private readonly TextWriter _output;
    private readonly TextWriter _error;

    /// <summary>A terminal on two writers.</summary>
    /// <param name="output">Results.</param>
    /// <param name="error">Progress, notes, errors.</param>
    /// <param name="interactive">Whether <paramref name="error"/> is a screen on which progress may move.</param>
    /// <param name="color">Whether escape sequences may be written at all.</param>
    /// <param name="json">Whether results are JSON.</param>
    public Terminal(TextWriter output, TextWriter error, bool interactive, bool color, bool json)
    {
        _output = output;
        _error = error;
        Json = json;
        Results = Console(output, color && !json && output == System.Console.Out && !System.Console.IsOutputRedirected);
        Messages = Console(error, color && interactive);
        Interactive = color && interactive;
    }

    /// <summary>Whether the command was called with <c>--json</c>.</summary>
    public bool Json { get; }

    /// <summary>Whether progress may be drawn in place; else it is plain lines.</summary>
    public bool Interactive { get; }

    /// <summary>For tables and sentences that are the command's result; unused with <c>--json</c>.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>For progress and notes, on standard error.</summary>
    public IAnsiConsole Messages { get; }

    /// <summary>A line on standard error.</summary>
    public void Note(string text)
    {
        lock (_error)
        {
            Messages.WriteLine(text);
        }
    }

    /// <summary>Text on standard output as it is: CSV and the like.</summary>
    public void Write(string text) => _output.Write(text);

    /// <summary>A line on standard output.</summary>
    public void WriteLine(string text) => _output.WriteLine(text);

    /// <summary>The command's result as JSON on standard output.</summary>
    public void WriteJson<T>(T value) => _output.WriteLine(JsonSerializer.Serialize(value, RadiomicsJson.Indented));

    /// <summary>One sentence on standard error; with <c>--json</c> also <c>{"error": …}</c> on standard output.</summary>
    public void WriteError(CommandError error)
    {
        WriteErrorLine(error.Code, error.Detail);
        if (Json)
        {
            WriteJson(new { error = new { error.Code, error.Detail } });
        }
    }

    /// <summary>One sentence on standard error.</summary>
    public void WriteErrorLine(string code, string detail) => _error.WriteLine($"radiomics: {detail} ({code})");

    private static IAnsiConsole Console(TextWriter writer, bool ansi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = ansi ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = ansi ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!ansi)
        {
            console.Profile.Width = 200;
        }

        return console;
    }
}
