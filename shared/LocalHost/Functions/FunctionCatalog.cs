namespace LocalHost.Functions;

/// <summary>The app's functions by name, as the Functions SDK has listed them while building: known before the worker runs, which starts meanwhile.</summary>
internal sealed class FunctionCatalog
{
    private const string FileName = "functions.metadata";

    private readonly Dictionary<string, FunctionDefinition> _byName;

    private FunctionCatalog(IEnumerable<FunctionDefinition> functions) => _byName = functions.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<FunctionDefinition> All => _byName.Values;

    /// <summary>The connections that they name.</summary>
    public IEnumerable<string> Connections => All.SelectMany(function => function.Inputs.Append(function.Trigger)).Select(binding => binding.Text("connection")).OfType<string>().Distinct();

    /// <summary>Reads the list; functions that a setting disables are left out.</summary>
    /// <exception cref="HostStartException">There is none, or it has something in it that this host doesn't serve.</exception>
    public static FunctionCatalog Read(AppFolder app, IConfiguration configuration)
    {
        var file = Path.Combine(app.FullPath, FileName);
        if (!File.Exists(file))
            throw new HostStartException(HostStartException.Failed, $"The functions app isn't built: {file} is missing. Build it (dotnet build).");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            return new FunctionCatalog([.. document.RootElement.EnumerateArray().Where(function => !IsDisabled(function.GetProperty("name").GetString()!, configuration)).Select(FunctionDefinition.From)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HostStartException(HostStartException.Failed, $"{file} can't be read. Build the app again (dotnet build). {e.Message}");
        }
    }

    public FunctionDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>As in Azure: <c>AzureWebJobs.NAME.Disabled</c>, or with <c>_</c> for the dots.</summary>
    private static bool IsDisabled(string name, IConfiguration configuration) =>
        new[] { $"AzureWebJobs.{name}.Disabled", $"AzureWebJobs_{name}_Disabled" }.Any(key => configuration[key] is "1" || (bool.TryParse(configuration[key], out var disabled) && disabled));
}
