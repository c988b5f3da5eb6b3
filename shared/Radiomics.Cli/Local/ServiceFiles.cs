using System.Reflection;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Local;

/// <summary>What the service is made of: a Functions host for one machine, and the functions app that it runs.</summary>
/// <param name="Host">LocalHost's assembly.</param>
/// <param name="App">Folder of the built app.</param>
public sealed record ServiceFiles(string Host, string App)
{
    /// <summary>
    /// Finds both. The host: <c>RADIOMICS_HOST</c>, else <c>host/LocalHost.dll</c> beside this tool, else the one built with it. The app:
    /// <paramref name="app"/>, else <c>RADIOMICS_FUNCTIONS_APP</c>, else <c>functions/</c> beside this tool, else the one built with it.
    /// </summary>
    /// <param name="app">RadiomicsFunctions.dll or its folder, if the user names one.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="CommandException"><c>ServiceHostMissing</c>, <c>FunctionsAppMissing</c>.</exception>
    public static ServiceFiles Find(string? app, Func<string, string?> variable) => new(
        FindHost(variable("RADIOMICS_HOST") ?? Ours("host/LocalHost.dll")),
        FindApp(app ?? variable("RADIOMICS_FUNCTIONS_APP") ?? Ours("functions")));

    private static string FindHost(string path)
    {
        path = Path.GetFullPath(path);
        return File.Exists(path)
            ? path
            : throw new CommandException(
                ExitCodes.Failed,
                "ServiceHostMissing",
                $"The service's host isn't at {path}; {Advice("shared/LocalHost")}, or name it with RADIOMICS_HOST.");
    }

    private static string FindApp(string path)
    {
        path = Path.GetFullPath(path);
        return File.Exists(path) ? Path.GetDirectoryName(path)!
            : Directory.Exists(path) ? path
            : throw new CommandException(
                ExitCodes.Failed,
                "FunctionsAppMissing",
                $"The functions app isn't at {path}; {Advice("functions")}, or name it with --functions-app.");
    }

    /// <summary>What brings it there: a build in the repository; elsewhere the tool once more, since what it starts comes with it.</summary>
    private static string Advice(string project) => RepositoryFolders.Root is null
        ? "it comes with the tool, and this copy is incomplete: install it again (dotnet tool update --global RadiomicsFunctions.Tool), or copy all that 'dotnet publish shared/Radiomics.Cli' makes"
        : $"build it with 'dotnet build {project}'";

    /// <summary>What was published into the tool's own folder, else what was built in the repository with the tool.</summary>
    private static string Ours(string published)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, published);
        return Path.Exists(beside) || RepositoryFolders.Root is null
            ? beside
            : Path.Combine(
                AppContext.BaseDirectory,
                typeof(ServiceFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == published).Value!);
    }
}
