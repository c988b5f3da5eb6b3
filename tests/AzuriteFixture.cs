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
        var script = await InstallAsync();
        int[] ports = [FreePort(), FreePort(), FreePort()];
        // The shell ends Azurite when its standard input closes, which happens even if the tests are killed.
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "-e", "process.stdin.resume().on('end', () => process.exit()); process.argv.splice(1, 0, process.env.AZURITE_SCRIPT); require(process.env.AZURITE_SCRIPT)", "--",
                "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", _data.FullName,
                "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}",
            },
        };
        start.Environment["AZURITE_SCRIPT"] = script;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{ports[0]}/devstoreaccount1;QueueEndpoint=http://127.0.0.1:{ports[1]}/devstoreaccount1;"
            + $"TableEndpoint=http://127.0.0.1:{ports[2]}/devstoreaccount1;";
        foreach (var port in ports)
            await WaitForAsync(port);
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

    private async Task WaitForAsync(int port)
    {
        for (var attempt = 0; attempt < 1800; attempt++)
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"Azurite ended at once: {await _errors!}");
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

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(TestData.RepositoryRoot, ".radiomics", "tools", $"azurite-{Version}");
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        Directory.CreateDirectory(folder);
        using var installing = await LockAsync(Path.Combine(folder, ".lock"));
        var done = Path.Combine(folder, ".installed");
        if (File.Exists(done))
            return script;
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["install", "--no-audit", "--no-fund", "--prefix", folder, $"azurite@{Version}"])
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
        return script;
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
