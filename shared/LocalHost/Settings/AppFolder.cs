namespace LocalHost.Settings;

/// <summary>A built isolated app: where it is, and the assembly that its worker process runs, both as full paths.</summary>
internal sealed record AppFolder(string FullPath, string WorkerAssembly)
{
    /// <summary>The app's name: its assembly's.</summary>
    public string Name => Path.GetFileNameWithoutExtension(WorkerAssembly);

    /// <summary>Reads <c>worker.config.json</c>.</summary>
    /// <exception cref="HostStartException">No app was built there.</exception>
    public static AppFolder Open(string folder)
    {
        var path = Path.GetFullPath(folder);
        var config = Path.Combine(path, "worker.config.json");
        if (!File.Exists(config) || !File.Exists(Path.Combine(path, "host.json")))
            throw new HostStartException(HostStartException.Failed, $"No built functions app is in {path}: worker.config.json or host.json is missing. Build it (dotnet build), and name its output folder with --app.");
        var description = JsonFile.Read(config).GetSection("description");
        if (description["language"] != "dotnet-isolated" || description["defaultWorkerPath"] is not { Length: > 0 } worker)
            throw new HostStartException(HostStartException.Failed, $"This host runs isolated .NET apps; {config} describes none.");
        var assembly = Path.Combine(path, worker);
        return File.Exists(assembly)
            ? new AppFolder(path, assembly)
            : throw new HostStartException(HostStartException.Failed, $"The functions app isn't built: {assembly} is missing. Build it (dotnet build).");
    }
}
