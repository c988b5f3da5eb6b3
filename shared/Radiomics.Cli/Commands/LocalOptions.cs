using System.CommandLine;

namespace Radiomics.Cli.Commands;

/// <summary>Options shared by the commands that start the service on this machine.</summary>
public static class LocalOptions
{
    /// <summary>Where the functions app is.</summary>
    public static Option<string> FunctionsApp() => new("--functions-app")
    {
        Description = "RadiomicsFunctions.dll to start, or its folder; by default the one published or built with this tool (also: RADIOMICS_FUNCTIONS_APP).",
        HelpName = "PATH",
    };
}
