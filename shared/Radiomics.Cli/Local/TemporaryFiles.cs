using Radiomics.Pipeline;

namespace Radiomics.Cli.Local;

/// <summary>Folders of this machine for as long as this process runs. Those of a tool that was killed, the next one that needs a folder removes.</summary>
internal static class TemporaryFiles
{
    private static readonly Lazy<TemporaryStorage> s_storage = new(() =>
    {
        var storage = new TemporaryStorage(Path.GetTempPath(), prefix: "radiomics-tool-");
        storage.Sweep();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => storage.Dispose();
        return storage;
    });

    /// <summary>A new folder, for this user alone.</summary>
    public static string NewFolder() => s_storage.Value.NewFolder().File("x").DirectoryName!;
}
