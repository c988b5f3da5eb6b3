namespace Radiomics.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("serve")]
    [InlineData("submit")]
    [InlineData("status")]
    [InlineData("report")]
    [InlineData("replay")]
    [InlineData("quarantine list")]
    [InlineData("quarantine inspect")]
    [InlineData("quarantine fix")]
    [InlineData("quarantine resubmit")]
    [InlineData("extract")]
    [InlineData("stability")]
    [InlineData("inspect")]
    [InlineData("phantom")]
    [InlineData("audit verify")]
    [InlineData("audit export")]
    [InlineData("audit key")]
    [InlineData("audit rotate-key")]
    [InlineData("keys add")]
    [InlineData("keys list")]
    [InlineData("keys revoke")]
    [InlineData("cohort check")]
    [InlineData("cohort map")]
    [InlineData("retrain")]
    [InlineData("models list")]
    [InlineData("models approve")]
    [InlineData("models rollback")]
    [InlineData("models train-demonstration")]
    [InlineData("models card")]
    [InlineData("patient erase")]
    [InlineData("retention hold")]
    [InlineData("retention release")]
    [InlineData("retention list")]
    [InlineData("uid-key show")]
    [InlineData("uid-key backup")]
    [InlineData("uid-key restore")]
    [InlineData("uid-key rotate")]
    [InlineData("settings list")]
    [InlineData("settings show")]
    [InlineData("settings schema")]
    [InlineData("features list")]
    [InlineData("features show")]
    [InlineData("conformance")]
    [InlineData("experiment paper")]
    public async Task Every_command_explains_itself_and_its_options(string path)
    {
        var result = await CommandLine.RunAsync([.. path.Split(' '), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($" {path} ", result.Output);
        Assert.Contains("--json", result.Output);
        Assert.Empty(result.Error);
        Assert.All(
            result.Output.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)),
            line => Assert.Contains("  ", line.Trim()));
    }

    [Fact]
    public async Task The_tool_lists_its_commands_and_exit_codes()
    {
        var result = await CommandLine.RunAsync("--help");

        Assert.Equal(0, result.ExitCode);
        Assert.All(
            ["demo", "serve", "submit", "status", "report", "replay", "quarantine", "extract", "stability", "inspect", "export", "phantom", "audit", "cohort", "retrain", "models", "patient", "retention", "uid-key", "settings", "features", "conformance", "experiment"],
            command => Assert.Contains($"\n  {command} ", result.Output));
        Assert.Contains("4 unreachable", result.Output);
    }
}
