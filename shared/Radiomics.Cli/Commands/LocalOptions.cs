using System.CommandLine;

namespace Radiomics.Cli.Commands;

/// <summary>Options shared by the commands that start the service on this machine.</summary>
public static class LocalOptions
{
    /// <summary>Where the functions app's assembly is.</summary>
    public static Option<string> FunctionsApp() => new("--functions-app")
    {
        Description = "RadiomicsFunctions.dll to start; by default the one built with this tool (also: RADIOMICS_FUNCTIONS_APP).",
        HelpName = "PATH",
    };
}
