namespace LocalHost.Settings;

/// <summary>
/// The settings of host and worker: defaults, host.json (below <c>AzureFunctionsJobHost</c>, where settings override it as in Azure), local.settings.json, the
/// environment, the command line; later ones win.
/// </summary>
internal sealed class HostConfiguration
{
    public const string HostSection = "AzureFunctionsJobHost";
    public const string HostStorage = "AzureWebJobsStorage";

    private const string DevelopmentStorage = "UseDevelopmentStorage=true";
    private const string LocalSettings = "local.settings.json";

    private readonly IConfiguration? _local;
    private readonly Dictionary<string, string> _forWorker = new() { [HostStorage] = DevelopmentStorage, ["AzureWebJobsDisableHomepage"] = "true" };

    /// <exception cref="HostStartException">A file isn't valid JSON.</exception>
    public HostConfiguration(AppFolder app, HostArguments arguments)
    {
        _local = Find(app.FullPath);
        var values = _local?.GetSection("Values").AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":"), pair.Value)).ToArray() ?? [];
        All = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                [HostStorage] = DevelopmentStorage,
                ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
                // Tells the WebJobs SDK where its extensions' options are.
                ["AzureWebJobsConfigurationSection"] = HostSection,
            })
            .AddInMemoryCollection(JsonFile.Read(Path.Combine(app.FullPath, "host.json")).AsEnumerable().Where(pair => pair.Value is not null)
                .Select(pair => KeyValuePair.Create($"{HostSection}:{pair.Key}", pair.Value)))
            .AddInMemoryCollection(values)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(arguments.Settings)
            .Build();
        foreach (var (key, value) in values)
            _forWorker[VariableOf(key)] = value!;
        foreach (var key in _forWorker.Keys.Where(key => Environment.GetEnvironmentVariable(key) is not null).ToList())
            _forWorker.Remove(key);
        foreach (var (key, value) in arguments.Settings)
            _forWorker[VariableOf(key)] = value ?? "";
    }

    public IConfigurationRoot All { get; }

    /// <summary>The port that local.settings.json asks for.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public ushort? LocalPort => _local?.GetValue<ushort?>("Host:LocalHttpPort");

    /// <summary>What the worker's environment needs besides this process's own: settings that came by file or command line.</summary>
    public IReadOnlyDictionary<string, string> ForWorker => _forWorker;

    /// <summary>The connection string in the setting of this name, or of this name with the prefix <c>AzureWebJobs</c>; null if there is none.</summary>
    public string? ConnectionString(string name) =>
        new[] { All["AzureWebJobs" + name], All[name], All.GetConnectionString(name) }.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    /// <summary>Locally one account does for all: a connection that a trigger names and no setting has is the host's own.</summary>
    public void ShareStorage(string connection)
    {
        if (ConnectionString(connection) is null && !All.GetSection(connection).GetChildren().Any())
            All[connection] = _forWorker[connection] = ConnectionString(HostStorage) ?? DevelopmentStorage;
    }

    private static string VariableOf(string key) => key.Replace(":", "__");

    /// <summary>The developer's file of the app's output, of the project that was built there, or of the current directory.</summary>
    private static IConfigurationRoot? Find(string output)
    {
        var project = output;
        for (var up = 0; up < 4 && project is not null && !Directory.EnumerateFiles(project, "*.csproj").Any(); up++)
            project = Path.GetDirectoryName(project);
        var file = new[] { output, project, Environment.CurrentDirectory }.OfType<string>().Select(folder => Path.Combine(folder, LocalSettings)).FirstOrDefault(File.Exists);
        return file is null ? null : JsonFile.Read(file);
    }
}
