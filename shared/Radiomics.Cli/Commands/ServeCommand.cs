using System.CommandLine;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics serve</c>: the service alone, in the foreground, on a storage account that is there already.</summary>
public static class ServeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var port = new Option<int?>("--port") { Description = "Port on 127.0.0.1, 0 for a free one; default: Host.LocalHttpPort of local.settings.json, else 7071." };
        var app = new Option<string?>("--app", "--functions-app")
        {
            Description = "Folder of the built functions app; default: the one published or built with this tool (also: RADIOMICS_FUNCTIONS_APP).",
            HelpName = "FOLDER",
        };
        var connection = new Option<string?>("--connection")
        {
            Description = "Connection string of the storage account for state and studies (AzureWebJobsStorage, RadiomicsStorage); "
                + "default: environment variables of these names, else local.settings.json, else Azurite on its usual ports.",
            HelpName = "STRING",
        };
        var auth = new Option<bool>("--auth", "--enable-auth")
        {
            Description = "Ask callers who they are, by API key or token, and for a function key of the storage account before that, as in Azure; "
                + "default: every caller on this machine may do everything.",
        };
        var command = new Command("serve", "Runs the service alone on this machine, until Ctrl-C. Its log is the output, its exit code the command's.")
        {
            port, app, connection, auth,
        };
        host.Handle(command, (parsed, terminal, cancellation) =>
        {
            List<string> arguments = [];
            if (parsed.GetValue(port) is { } given)
            {
                arguments.AddRange(["--port", $"{given}"]);
            }

            var settings = parsed.GetValue(connection) is { } account ? ServiceHost.StorageSettings(account) : [];
            if (parsed.GetValue(auth))
            {
                arguments.Add("--enable-auth");
                settings[ServiceHost.AuthRequired] = "true";
            }

            var error = TextWriter.Synchronized(host.Streams.Error);
            var asks = parsed.GetValue(auth);
            return ServiceHost.RunAsync(
                ServiceFiles.Find(parsed.GetValue(app), host.Variable),
                arguments,
                settings,
                terminal.Json ? error : TextWriter.Synchronized(host.Streams.Output),
                error,
                url => Welcome(url, asks).ForEach(error.WriteLine),
                cancellation);
        });
        return command;
    }

    // Beside the log, whatever becomes of that.
    private static List<string> Welcome(Uri url, bool asks) => asks
        ?
        [
            $"Console: {url}",
            "Sign in there with an API key of a center. This makes one, which is shown once:",
            $"  radiomics keys add --center A --label \"my browser\" --right {string.Join(' ', Enum.GetNames<Right>()).ToLowerInvariant()}",
        ]
        : [$"Console: {url}"];
}
