using System.CommandLine;
using System.CommandLine.Help;
using Radiomics.Cli.Commands;
using Radiomics.Cli.Output;

namespace Radiomics.Cli;

/// <summary>The tool as a function: arguments and streams in, exit code out.</summary>
public static class RadiomicsTool
{
    /// <summary>Runs one command line. Cancelling <paramref name="cancellation"/> is what Ctrl-C does.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, Func<string, string?> environment, CancellationToken cancellation)
    {
        var host = new CommandHost(output, error, environment);
        var parsed = CreateRoot(host).Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            host.Terminal(parsed).WriteError(new CommandError(ExitCodes.Usage, "Usage", string.Join(" ", parsed.Errors.Select(e => e.Message))));
            error.WriteLine($"See '{Path(parsed)} --help'.");
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellation);
    }

    private static RootCommand CreateRoot(CommandHost host)
    {
        var root = new RootCommand(
            "Liver MRI radiomics: studies in, predictions out. " +
            "Exit codes: 0 ok, 1 failed, 2 usage, 3 bad input, 4 unreachable, 130 interrupted.");
        root.Add(host.JsonOption);
        root.Add(host.NoColorOption);
        root.Add(DemoCommand.Create(host));
        root.Add(SubmitCommand.Create(host));
        root.Add(StatusCommand.Create(host));
        root.Add(ExtractCommand.Create(host));
        root.Add(PhantomCommand.Create(host));
        root.Add(AuditCommand.Create(host));
        root.Add(ModelsCommand.Create(host));
        return root;
    }

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command.Command is not RootCommand; command = (System.CommandLine.Parsing.CommandResult)command.Parent!)
        {
            names.Insert(0, command.Command.Name);
        }

        return string.Join(' ', ["radiomics", .. names]);
    }
}
