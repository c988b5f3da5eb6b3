using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Radiomics;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Radiomics;

/// <summary>
/// One Azurite for all tests of this assembly, on free ports and with a data folder of its own. Installed once from npm, below the
/// repository's ignored folder, and stopped with the tests.
/// </summary>
public sealed partial class AzuriteFixture : IAsyncLifetime
{
    private const string Version = "3.35.0";
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("azurite-");
    private Process? _process;

    /// <summary>The storage account, as a connection string.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>A blob client of an API version that Azurite knows.</summary>
    public BlobServiceClient Blobs => new(ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));

    /// <summary>A queue client of an API version that Azurite knows, with plain-text messages.</summary>
    public QueueServiceClient Queues => new(ConnectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));

    public async ValueTask InitializeAsync()
    {
        (_process, var endpoints) = await StartAsync(
            "dist/src/azurite.js", 3,
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", _data.FullName,
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0");
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};{string.Concat(endpoints.Select(at => $"{at.Key}Endpoint={at.Value.GetLeftPart(UriPartial.Authority)}/{Account};"))}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _data.Delete(recursive: true);
    }

    /// <summary>Starts a script of Azurite and waits until its services say where they listen.</summary>
    /// <param name="script">Below the package's folder.</param>
    /// <param name="services">How many services it has.</param>
    /// <param name="arguments">Arguments of the script.</param>
    /// <returns>The process, and the address of each service: Blob, Queue, Table.</returns>
    internal static async Task<(Process Process, IReadOnlyDictionary<string, Uri> Endpoints)> StartAsync(string script, int services, params string[] arguments)
    {
        // The shell ends Azurite when its standard input closes, which happens even if the tests are killed.
        const string Shell = "process.stdin.resume().on('end', () => process.exit()); process.argv.splice(1, 0, process.env.AZURITE_SCRIPT); require(process.env.AZURITE_SCRIPT)";
        var start = new ProcessStartInfo("node", ["-e", Shell, "--", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AZURITE_SCRIPT"] = Path.Combine(await InstallAsync(), script);
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var endpoints = await EndpointsAsync(process.StandardOutput, services, errors).WaitAsync(TimeSpan.FromMinutes(3));
        _ = process.StandardOutput.ReadToEndAsync();
        return (process, endpoints);
    }

    private static async Task<IReadOnlyDictionary<string, Uri>> EndpointsAsync(StreamReader output, int services, Task<string> errors)
    {
        var endpoints = new Dictionary<string, Uri>();
        while (endpoints.Count < services)
        {
            var line = await output.ReadLineAsync() ?? throw new InvalidOperationException($"Azurite ended at once: {await errors}");
            if (Listening().Match(line) is { Success: true } match)
                endpoints[match.Groups["service"].Value] = new Uri(match.Groups["url"].Value);
        }

        return endpoints;
    }

    /// <summary>Installs the package, once for all tests; answers its folder.</summary>
    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(TestData.RepositoryRoot, ".radiomics", "tools", $"azurite-{Version}");
        var package = Path.Combine(folder, "node_modules", "azurite");
        Directory.CreateDirectory(folder);
        using var installing = await LockAsync(Path.Combine(folder, ".lock"));
        var done = Path.Combine(folder, ".installed");
        if (File.Exists(done))
            return package;
        // The tool's own lock files, whichever of the two installs it first.
        foreach (var file in (string[])["package.json", "package-lock.json"])
            File.Copy(Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Cli", "Local", "azurite", file), Path.Combine(folder, file), overwrite: true);
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        using var install = Process.Start(start)!;
        var errors = install.StandardError.ReadToEndAsync();
        var output = install.StandardOutput.ReadToEndAsync();
        await install.WaitForExitAsync();
        if (install.ExitCode != 0)
            throw new InvalidOperationException($"npm could not install Azurite: {await errors}{await output}");
        await File.WriteAllTextAsync(done, Version);
        return package;
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200);
            }
        }
    }

    [GeneratedRegex(@"Azurite (?<service>Blob|Queue|Table) service (is successfully listening at|successfully listens on) (?<url>https?://[^/\s]+)")]
    private static partial Regex Listening();
}
