using System.Text.Json;
using Radiomics.Extraction;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>
/// Where a command writes. Results go to standard output, everything else (progress, notes, errors) to standard error,
/// so that with <c>--json</c> standard output carries the JSON and nothing else. Whatever the screen's width, no line breaks inside a word: what a user copies
/// (a connection string, a key, an id, a command) stays whole.
/// </summary>
public sealed class Terminal
{
    private readonly ToolStreams _streams;
    private readonly bool _color;
    private readonly int? _width;
    private Consoles? _consoles;
    private readonly Lock _lock = new();

    /// <summary>A terminal on two streams.</summary>
    /// <param name="streams">Results; and progress, notes and errors.</param>
    /// <param name="interactive">Whether the latter is a screen on which progress may move.</param>
    /// <param name="color">Whether escape sequences may be written at all.</param>
    /// <param name="json">Whether results are JSON.</param>
    /// <param name="width">Columns of the screen; null: as it says.</param>
    public Terminal(ToolStreams streams, bool interactive, bool color, bool json, int? width = null)
    {
        _streams = streams;
        Json = json;
        Interactive = color && interactive;
        _color = color;
        _width = width;
    }

    /// <summary>Whether the command was called with <c>--json</c>.</summary>
    public bool Json { get; }

    /// <summary>Whether progress may be drawn in place; else it is plain lines.</summary>
    public bool Interactive { get; }

    /// <summary>The screen on which progress moves, on standard error. For what is drawn in place alone: a line of it is cut where the screen ends.</summary>
    public IAnsiConsole Screen => Opened.Messages.Value;

    /// <summary>A line on standard error, as it is.</summary>
    public void Note(string text)
    {
        lock (_lock)
        {
            if (Interactive)
            {
                // Progress that is being drawn makes room for it.
                Screen.Write(new WholeLine(text));
            }
            else
            {
                _streams.Error.WriteLine(text);
            }
        }
    }

    /// <summary>A table that is the command's result, on standard output; unused with <c>--json</c>.</summary>
    public void Show(Table table) => Opened.Results.Value.Write(new WholeTable(table));

    /// <summary>A table beside the result, on standard error.</summary>
    public void ShowNote(Table table) => Screen.Write(new WholeTable(table));

    /// <summary>Text on standard output as it is: CSV and the like.</summary>
    public void Write(string text) => _streams.Output.Write(text);

    /// <summary>The same, in UTF-8 already; nothing else may be written to standard output in the same run.</summary>
    public void Write(ReadOnlyMemory<byte> utf8) => _streams.WriteOutput(utf8.Span);

    /// <summary>A line on standard output.</summary>
    public void WriteLine(string text) => _streams.Output.WriteLine(text);

    /// <summary>The command's result as JSON on standard output.</summary>
    public void WriteJson<T>(T value) => _streams.Output.WriteLine(JsonSerializer.Serialize(value, RadiomicsJson.Indented));

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
    public void WriteErrorLine(string code, string detail) => _streams.Error.WriteLine($"radiomics: {detail} ({code})");

    private Consoles Opened => LazyInitializer.EnsureInitialized(ref _consoles, () => new(
        new(() => Console(_streams.Output, _color && !Json && _streams.IsProcess && !System.Console.IsOutputRedirected)),
        new(() => Console(_streams.Error, Interactive))));

    private IAnsiConsole Console(TextWriter writer, bool ansi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = ansi ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = ansi ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (_width is not null || !ansi)
        {
            console.Profile.Width = _width ?? 200;
        }

        return console;
    }

    /// <summary>Apart, so that a run that draws nothing doesn't load the library.</summary>
    private sealed record Consoles(Lazy<IAnsiConsole> Results, Lazy<IAnsiConsole> Messages);
}
