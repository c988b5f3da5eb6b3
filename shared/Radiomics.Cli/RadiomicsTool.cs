using System.CommandLine;
using System.CommandLine.Help;
using Radiomics.Cli.Commands;
using Radiomics.Cli.Output;

namespace Radiomics.Cli;

/// <summary>The tool as a function: arguments and streams in, exit code out.</summary>
public static class RadiomicsTool
{
    /// <summary>Version of the tool, as it stands in what it writes.</summary>
    public static string Version { get; } = typeof(RadiomicsTool).Assembly.GetName().Version!.ToString(3);

    private static readonly string[] CommandNames = ["demo", "serve", "submit", "status", "report", "replay", "quarantine", "extract", "inspect", "export", "phantom", "audit", "keys", "cohort", "retrain", "models", "patient", "retention", "uid-key", "settings", "features", "conformance", "experiment"];

    /// <summary>Runs one command line on two writers. Cancelling <paramref name="cancellation"/> is what Ctrl-C does.</summary>
    public static Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, Func<string, string?> environment, CancellationToken cancellation) =>
        RunAsync(arguments, ToolStreams.To(output, error), environment, cancellation);

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, ToolStreams streams, Func<string, string?> environment, CancellationToken cancellation)
    {
        var host = new CommandHost(streams, environment);
        var parsed = CreateRoot(host, arguments).Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            host.Terminal(parsed).WriteError(new CommandError(ExitCodes.Usage, "Usage", string.Join(" ", parsed.Errors.Select(e => e.Message))));
            streams.Error.WriteLine($"See '{Path(parsed)} --help'.");
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (!streams.IsProcess)
        {
            (configuration.Output, configuration.Error) = (streams.Output, streams.Error);
        }

        return await parsed.InvokeAsync(configuration, cancellation);
    }

    /// <summary>Only the command that is asked for is made, so that the libraries of the others aren't loaded; all of them for help and for typing errors.</summary>
    private static RootCommand CreateRoot(CommandHost host, IReadOnlyList<string> arguments)
    {
        var root = new RootCommand(
            "Liver MRI radiomics: studies in, predictions out. " +
            "Exit codes: 0 ok, 1 failed, 2 usage, 3 bad input, 4 unreachable, 130 interrupted.");
        root.Add(host.JsonOption);
        root.Add(host.NoColorOption);
        if (arguments.Count > 0 && Create(arguments[0], host) is { } command)
        {
            root.Add(command);
            return root;
        }

        foreach (var name in CommandNames)
        {
            root.Add(Create(name, host)!);
        }

        return root;
    }

    private static Command? Create(string name, CommandHost host) => name switch
    {
        "demo" => DemoCommand.Create(host),
        "serve" => ServeCommand.Create(host),
        "submit" => SubmitCommand.Create(host),
        "status" => StatusCommand.Create(host),
        "report" => ReportCommand.Create(host),
        "replay" => ReplayCommand.Create(host),
        "quarantine" => QuarantineCommand.Create(host),
        "extract" => ExtractCommand.Create(host),
        "export" => ExportCommand.Create(host),
        "inspect" => InspectCommand.Create(host),
        "phantom" => PhantomCommand.Create(host),
        "audit" => AuditCommand.Create(host),
        "keys" => KeysCommand.Create(host),
        "cohort" => CohortCommand.Create(host),
        "retrain" => RetrainCommand.Create(host),
        "models" => ModelsCommand.Create(host),
        "patient" => PatientCommand.Create(host),
        "retention" => RetentionCommand.Create(host),
        "uid-key" => UidKeyCommand.Create(host),
        "settings" => SettingsCommand.Create(host),
        "features" => FeaturesCommand.Create(host),
        "conformance" => ConformanceCommand.Create(host),
        "experiment" => ExperimentCommand.Create(host),
        _ => null,
    };

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
