using System.CommandLine;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics demo</c>: the whole way on one machine, from synthetic studies to predictions.</summary>
public static class DemoCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var serve = new Option<bool>("--serve") { Description = "Keep storage and service running afterwards, until Ctrl-C." };
        var open = new Option<bool>("--open") { Description = "As --serve, and show the console in the browser." };
        var port = new Option<int>("--port") { Description = "Port of the service on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 0 };
        var keep = new Option<bool>("--keep") { Description = "Keep the storage emulator's folder and the service's log afterwards." };
        var functionsApp = LocalOptions.FunctionsApp();
        var command = new Command("demo", "Starts everything on this machine, predicts for four synthetic studies, verifies the audit, stops everything.")
        {
            serve, open, port, keep, functionsApp,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var options = new LocalStackOptions
            {
                Service = ServiceFiles.Find(parsed.GetValue(functionsApp), host.Variable),
                Port = parsed.GetValue(port),
                Keep = parsed.GetValue(keep),
            };
            return await new Demonstration(host, terminal, TimeSpan.FromMinutes(5)).RunAsync(
                options,
                parsed.GetValue(serve) || parsed.GetValue(open) ? stack => ServeAsync(stack, parsed.GetValue(open), host, terminal, cancellation) : null,
                cancellation);
        });
        return command;
    }

    private static async Task ServeAsync(LocalStack stack, bool open, CommandHost host, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Note($"The service answers at {stack.BaseUrl}api/health, e.g. GET {stack.BaseUrl}api/centers/A/predictions/{{id}}.");
        terminal.Note($"Storage account: {stack.ConnectionString}");
        terminal.Note("Ctrl-C stops both.");
        terminal.Note($"Console: {stack.BaseUrl}");
        if (open)
        {
            await Browser.TryOpenAsync(stack.BaseUrl.AbsoluteUri, host, cancellation);
        }

        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop, which is how serving ends well.
        }
    }
}
