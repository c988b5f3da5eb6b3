using Radiomics.Cli.Output;

namespace Radiomics.Cli.Local;

/// <summary>Node.js and npm as found on the PATH, always started with the guard that ends them when this process goes.</summary>
public static class Node
{
    /// <summary>Oldest major version that the pinned Azurite's dependencies run on.</summary>
    public const int OldestMajorVersion = 20;

    private static string GuardFile => Path.Combine(AppContext.BaseDirectory, "azurite", "guard.cjs");

    /// <summary>Makes sure that a recent enough Node.js is there.</summary>
    /// <exception cref="CommandException"><c>NodeMissing</c>.</exception>
    public static async Task RequireAsync(CancellationToken cancellation)
    {
        string? version;
        try
        {
            await using var node = ChildProcess.Start("node", ["--version"]);
            await node.WaitAsync(cancellation);
            version = node.LastLines.FirstOrDefault();
        }
        catch (CommandException)
        {
            version = null;
        }

        if (!int.TryParse(version?.TrimStart('v').Split('.')[0], out var major) || major < OldestMajorVersion)
        {
            throw new CommandException(
                ExitCodes.Failed,
                "NodeMissing",
                $"The storage emulator needs Node.js {OldestMajorVersion} or newer on the PATH; found {version ?? "none"}. Install one (nodejs.org, or the system's packages), "
                    + "or do without the emulator: 'radiomics serve --connection …' and 'radiomics submit --url …' take a storage account or a service that is there.");
        }
    }

    /// <summary>Starts a script. When this process dies, it ends, and <paramref name="temporaryFolder"/> is removed.</summary>
    public static ChildProcess Start(
        string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? temporaryFolder, Action<string> onLine)
    {
        var variables = new Dictionary<string, string>(environment);
        if (temporaryFolder is not null)
        {
            variables["RADIOMICS_TEMPORARY_FOLDER"] = temporaryFolder;
        }

        return ChildProcess.Start("node", ["--require", GuardFile, script, .. arguments], variables, temporaryFolder, onLine);
    }

    /// <summary>Starts npm in a folder.</summary>
    public static ChildProcess StartNpm(IEnumerable<string> arguments, string workingFolder) => ChildProcess.Start(
        OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
        arguments,
        new Dictionary<string, string> { ["NODE_OPTIONS"] = $"--require \"{GuardFile.Replace("\\", "\\\\")}\"" },
        workingFolder);
}
