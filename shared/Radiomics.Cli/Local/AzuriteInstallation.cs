using Radiomics.Cli.Output;

namespace Radiomics.Cli.Local;

/// <summary>Azurite, the storage emulator, pinned with all its dependencies by the lock file beside this source.</summary>
public static class AzuriteInstallation
{
    /// <summary>The pinned version.</summary>
    public const string Version = "3.35.0";

    private static readonly string[] _lockedFiles = ["package.json", "package-lock.json"];

    /// <summary>The script to run: the one that <c>RADIOMICS_AZURITE</c> names, else the pinned one, installed first if it isn't there. Several processes may ask at once; one installs.</summary>
    /// <param name="tools">Folder of installed tools.</param>
    /// <param name="note">Told when something is installed, which takes a while.</param>
    /// <exception cref="CommandException"><c>NodeMissing</c>, <c>AzuriteNotInstalled</c>.</exception>
    public static async Task<string> EnsureAsync(string tools, Action<string> note, CancellationToken cancellation)
    {
        await Node.RequireAsync(cancellation);
        if (Environment.GetEnvironmentVariable("RADIOMICS_AZURITE") is { Length: > 0 } installed)
        {
            return File.Exists(installed)
                ? Path.GetFullPath(installed)
                : throw new CommandException(ExitCodes.Failed, "AzuriteNotInstalled", $"RADIOMICS_AZURITE names '{installed}', which isn't there: it must be Azurite's dist/src/azurite.js.");
        }

        var folder = Path.Combine(tools, $"azurite-{Version}");
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        Directory.CreateDirectory(folder);

        // Written last: an interrupted installation is done again.
        var done = Path.Combine(folder, ".installed");
        await using var guard = await LockAsync(Path.Combine(folder, ".lock"), cancellation);
        if (!File.Exists(done))
        {
            note($"Installing Azurite {Version}, the storage emulator, into {folder} (once) …");
            await InstallAsync(folder, cancellation);
            await File.WriteAllTextAsync(done, Version, cancellation);
        }

        return script;
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellation)
    {
        DeleteFolder(Path.Combine(folder, "node_modules"));
        foreach (var file in _lockedFiles)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "azurite", file), Path.Combine(folder, file), overwrite: true);
        }

        await using var npm = Node.StartNpm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder);
        await npm.WaitAsync(cancellation);
        if (npm.ExitCode != 0)
        {
            var reason = npm.LastLines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? "no reason given";
            throw new CommandException(
                ExitCodes.Failed, "AzuriteNotInstalled", $"npm couldn't install Azurite {Version} (is the network there?): {reason} Without a network, name one that is installed in RADIOMICS_AZURITE (its dist/src/azurite.js), "
                    + $"or copy {folder} from a machine where this worked.");
        }
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Directory.Exists(Path.GetDirectoryName(path)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }
        }
    }
}
