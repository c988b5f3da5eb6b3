using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Radiomics;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Radiomics;

/// <summary>
/// One Azurite for all tests of this assembly, on free ports and with a data folder of its own. Installed once from npm, below the
/// repository's ignored folder, and stopped with the tests.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const string Version = "3.35.0";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("azurite-");
    private Process? _process;
    private Task<string>? _errors;

    /// <summary>The storage account, as a connection string.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>A blob client of an API version that Azurite knows.</summary>
    public BlobServiceClient Blobs => new(ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));

    /// <summary>A queue client of an API version that Azurite knows, with plain-text messages.</summary>
    public QueueServiceClient Queues => new(ConnectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));

    public async ValueTask InitializeAsync()
    {
        await InstallAsync();
        int[] ports = [FreePort(), FreePort(), FreePort()];
        _process = Start(
            "dist/src/azurite.js",
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", _data.FullName,
            "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}");
        _errors = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{ports[0]}/devstoreaccount1;QueueEndpoint=http://127.0.0.1:{ports[1]}/devstoreaccount1;"
            + $"TableEndpoint=http://127.0.0.1:{ports[2]}/devstoreaccount1;";
        foreach (var port in ports)
            await WaitForAsync(_process, port, _errors);
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

    /// <summary>Starts a script of Azurite, once the fixture is there.</summary>
    internal static Process Start(string script, params string[] arguments)
    {
        // The shell ends Azurite when its standard input closes, which happens even if the tests are killed.
        const string Shell = "process.stdin.resume().on('end', () => process.exit()); process.argv.splice(1, 0, process.env.AZURITE_SCRIPT); require(process.env.AZURITE_SCRIPT)";
        var start = new ProcessStartInfo("node", ["-e", Shell, "--", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AZURITE_SCRIPT"] = Path.Combine(Folder, "node_modules", "azurite", script);
        return Process.Start(start)!;
    }

    internal static async Task WaitForAsync(Process azurite, int port, Task<string> errors)
    {
        for (var attempt = 0; attempt < 1800; attempt++)
        {
            if (azurite.HasExited)
                throw new InvalidOperationException($"Azurite ended at once: {await errors}");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException($"Azurite doesn't answer on port {port}.");
    }

    private static string Folder => Path.Combine(TestData.RepositoryRoot, ".radiomics", "tools", $"azurite-{Version}");

    private static async Task InstallAsync()
    {
        Directory.CreateDirectory(Folder);
        using var installing = await LockAsync(Path.Combine(Folder, ".lock"));
        var done = Path.Combine(Folder, ".installed");
        if (File.Exists(done))
            return;
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["install", "--no-audit", "--no-fund", "--prefix", Folder, $"azurite@{Version}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        using var install = Process.Start(start)!;
        var errors = install.StandardError.ReadToEndAsync();
        var output = install.StandardOutput.ReadToEndAsync();
        await install.WaitForExitAsync();
        if (install.ExitCode != 0)
            throw new InvalidOperationException($"npm could not install Azurite: {await errors}{await output}");
        await File.WriteAllTextAsync(done, Version);
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

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
