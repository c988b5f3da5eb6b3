using System.Diagnostics;
using System.Text.Json;
using Radiomics;

[assembly: AssemblyFixture(typeof(OrthancServer))]

namespace Radiomics;

/// <summary>
/// A real DICOMweb server for all tests of this assembly: Orthanc with its DICOMweb plugin, on a free loopback port and with a folder of its own, started by the
/// first test that asks for it and stopped with the tests.
/// </summary>
public sealed class OrthancServer : IAsyncLifetime
{
    private static readonly string[] s_programs = ["/usr/sbin/Orthanc", "/usr/bin/Orthanc", "/usr/local/sbin/Orthanc", "/usr/local/bin/Orthanc"];
    private static readonly string[] s_plugins = ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so", "/usr/local/share/orthanc/plugins/libOrthancDicomWeb.so"];

    private readonly SemaphoreSlim _starting = new(1);
    private DirectoryInfo? _folder;
    private Process? _process;
    private Uri? _root;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Root of its DICOMweb services, without a trailing slash; skips the test if Orthanc isn't installed.</summary>
    public async Task<Uri> RequireAsync()
    {
        var program = s_programs.FirstOrDefault(File.Exists);
        var plugin = s_plugins.FirstOrDefault(File.Exists);
        if (program is null || plugin is null)
            Assert.Skip("Orthanc is not on this machine: the packages orthanc and orthanc-dicomweb are absent");

        await _starting.WaitAsync();
        try
        {
            return _root ??= await StartAsync(program, plugin);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            _process.Dispose();
        }

        _folder?.Delete(recursive: true);
        _starting.Dispose();
    }

    private async Task<Uri> StartAsync(string program, string plugin)
    {
        var port = FreePort.Next();
        _folder = Directory.CreateTempSubdirectory("orthanc-");
        var settings = Path.Combine(_folder.FullName, "orthanc.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Name"] = "tests",
            ["StorageDirectory"] = Path.Combine(_folder.FullName, "storage"),
            ["IndexDirectory"] = Path.Combine(_folder.FullName, "storage"),
            ["HttpPort"] = port,
            ["DicomServerEnabled"] = false,
            ["RemoteAccessAllowed"] = false,
            ["AuthenticationEnabled"] = false,
            ["OverwriteInstances"] = false,
            ["Plugins"] = new[] { plugin },
            ["DicomWeb"] = new Dictionary<string, object> { ["Enable"] = true, ["Root"] = "/dicom-web/", ["EnableWado"] = false },
        }));

        // The shell ends Orthanc when its standard input closes, which happens even if the tests are killed.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$0\" \"$1\" </dev/null & server=$!; cat >/dev/null; kill $server; wait $server", program, settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        _process = Process.Start(start)!;
        var log = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        var root = new Uri($"http://127.0.0.1:{port}/dicom-web");
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 1800; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync($"{root}/studies?limit=1");
                if (answer.IsSuccessStatusCode)
                    return root;
            }
            catch (HttpRequestException)
            {
                // It isn't up yet.
            }

            await Task.Delay(100);
        }

        _process.StandardInput.Close();
        throw new InvalidOperationException($"Orthanc doesn't answer:\n{string.Join('\n', await log)}");
    }
}
