using Radiomics.Pipeline;

namespace Radiomics.Cli.Local;

/// <summary>Folders of this machine, for as long as this process runs at most. Those of a tool that was killed, the next one that needs a folder removes.</summary>
internal static class TemporaryFiles
{
    private static readonly Lazy<TemporaryStorage> s_storage = new(() =>
    {
        var storage = new TemporaryStorage(Path.GetTempPath(), prefix: "radiomics-tool-");
        storage.Sweep();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => storage.Dispose();
        return storage;
    });

    /// <summary>What makes them; goes by itself.</summary>
    public static TemporaryStorage Storage => s_storage.Value;

    /// <summary>A new folder, for this user alone.</summary>
    public static string NewFolder() => Storage.NewFolder().File("x").DirectoryName!;
}
