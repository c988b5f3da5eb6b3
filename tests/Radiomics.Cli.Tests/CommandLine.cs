using System.Text.Json;

namespace Radiomics.Cli.Tests;

/// <summary>Runs the tool inside the test process, with streams of its own and an environment that holds only what the test gives.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output, which must be one JSON value and nothing else.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Task<CommandLine> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static async Task<CommandLine> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await RadiomicsTool.RunAsync(
            arguments, output, error, environment.GetValueOrDefault, TestContext.Current.CancellationToken);
        return new CommandLine(exitCode, output.ToString(), error.ToString());
    }
}
