using System.CommandLine;

namespace Radiomics.Cli.Output;

/// <summary>What every command runs in: the streams, the environment, the global options, and one way for errors to become exit codes.</summary>
public sealed class CommandHost(ToolStreams streams, Func<string, string?> environment)
{
    /// <summary>Results as JSON; standard output carries nothing else.</summary>
    public Option<bool> JsonOption { get; } = new("--json")
    {
        Description = "Write the result as JSON; standard output carries nothing else.",
        Recursive = true,
    };

    /// <summary>No escape sequences.</summary>
    public Option<bool> NoColorOption { get; } = new("--no-color")
    {
        Description = "Write plain text without colors or moving progress (also: environment variable NO_COLOR).",
        Recursive = true,
    };

    /// <summary>Where results and everything else go.</summary>
    public ToolStreams Streams { get; } = streams;

    /// <summary>An environment variable, or null if it is absent or empty.</summary>
    public string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether somebody typed the command and sees what it writes: standard output is a screen, and no pipe, file or job.</summary>
    public bool IsTyped => Streams.IsProcess && !Console.IsOutputRedirected && Variable("CI") is null;

    /// <summary>The terminal that the command line asks for.</summary>
    public Terminal Terminal(ParseResult parsed) => new(
        Streams,
        interactive: Streams.IsProcess && !Console.IsErrorRedirected && Variable("CI") is null,
        color: !parsed.GetValue(NoColorOption) && Variable("NO_COLOR") is null,
        json: parsed.GetValue(JsonOption));

    /// <summary>Gives <paramref name="command"/> its work; whatever is thrown becomes a sentence and an exit code.</summary>
    public void Handle(Command command, Func<ParseResult, Terminal, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            var terminal = Terminal(parsed);
            try
            {
                return await action(parsed, terminal, cancellation);
            }
            catch (Exception exception)
            {
                var failure = cancellation.IsCancellationRequested
                    ? CommandError.From(new OperationCanceledException())
                    : CommandError.From(exception);
                terminal.WriteError(failure);
                return failure.ExitCode;
            }
        });
}
