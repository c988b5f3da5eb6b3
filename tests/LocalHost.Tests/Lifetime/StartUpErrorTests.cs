using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>What a person reads who starts the host and it can't.</summary>
public sealed class StartUpErrorTests(AzuriteFixture azurite) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("app-");

    [Fact]
    public async Task Unreachable_storage_is_one_sentence_and_exit_code_4()
    {
        var nowhere = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a";
        var (code, errors) = await RunAsync(SampleHost.App, new Dictionary<string, string?> { ["AzureWebJobsStorage"] = nowhere, ["LocalHost__StorageWaitSeconds"] = "1" });
        Assert.Equal(4, code);
        Assert.StartsWith("No storage answers at 127.0.0.1:9. Start Azurite (npx --yes azurite ", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (code, errors) = await RunAsync(SampleHost.App, args: ["--port", $"{port}"]);
        Assert.Equal(1, code);
        Assert.StartsWith($"Port {port} on 127.0.0.1 is in use.", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Theory]
    [InlineData("--port", "many", "Cannot parse argument 'many' for option '--port'")]
    [InlineData("--port", "70000", "Cannot parse argument '70000' for option '--port'")]
    [InlineData("--colour", "red", "Unrecognized command or argument '--colour'")]
    public async Task A_wrong_argument_is_a_usage_error(string argument, string value, string expected)
    {
        var (code, errors) = await RunAsync(SampleHost.App, args: [argument, value]);
        Assert.Equal(2, code);
        Assert.StartsWith(expected, errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_folder_without_an_app_is_one_sentence()
    {
        var (code, errors) = await RunAsync(_folder.FullName);
        Assert.Equal(1, code);
        Assert.Contains(_folder.FullName, errors);
        Assert.Contains("worker.config.json", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task An_app_whose_assembly_is_missing_isn_t_built()
    {
        foreach (var file in (string[])["host.json", "worker.config.json"])
            File.Copy(Path.Combine(SampleHost.App, file), Path.Combine(_folder.FullName, file));
        var (code, errors) = await RunAsync(_folder.FullName);
        Assert.Equal(1, code);
        Assert.Contains("SampleApp.dll", errors);
        Assert.Contains("isn't built", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("local.settings.json")]
    public async Task A_file_of_settings_that_is_no_json_is_named(string file)
    {
        foreach (var needed in (string[])["host.json", "worker.config.json", "SampleApp.dll"])
            File.Copy(Path.Combine(SampleHost.App, needed), Path.Combine(_folder.FullName, needed));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, file), "{\n  \"version\": \n");
        var (code, errors) = await RunAsync(_folder.FullName);
        Assert.Equal(1, code);
        Assert.Contains(Path.Combine(_folder.FullName, file), errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("70000")]
    public async Task A_port_in_local_settings_that_is_none_is_named(string port)
    {
        foreach (var needed in (string[])["host.json", "worker.config.json", "functions.metadata", "SampleApp.dll"])
            File.Copy(Path.Combine(SampleHost.App, needed), Path.Combine(_folder.FullName, needed));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "local.settings.json"), $$$"""{"Host": {"LocalHttpPort": "{{{port}}}"}}""");
        // Without the port that the tests' hosts are told.
        var start = new ProcessStartInfo("dotnet", [HostProcess.Program, "--app", _folder.FullName]) { RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        using var process = Process.Start(start)!;
        var errors = (await process.StandardError.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("Host:LocalHttpPort", errors);
        Assert.Contains(port, errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""[{"name": "Odd"}]""")]
    public async Task A_list_of_functions_that_can_t_be_read_is_named(string list)
    {
        foreach (var needed in (string[])["host.json", "worker.config.json", "SampleApp.dll"])
            File.Copy(Path.Combine(SampleHost.App, needed), Path.Combine(_folder.FullName, needed));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "functions.metadata"), list);
        var (code, errors) = await RunAsync(_folder.FullName);
        Assert.Equal(1, code);
        Assert.StartsWith($"{Path.Combine(_folder.FullName, "functions.metadata")} can't be read.", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_ready_file_that_can_t_be_written_is_one_sentence()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        var (code, errors) = await RunAsync(SampleHost.App, args: ["--ready-file", Path.Combine(file, "ready")]);
        Assert.Equal(1, code);
        Assert.Contains(file, errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_worker_that_dies_at_start_is_told_with_its_last_lines()
    {
        var (code, errors) = await RunAsync(SampleHost.App, new Dictionary<string, string?> { ["Sample__LastWords"] = "The model is missing." });
        Assert.Equal(1, code);
        Assert.Contains("code 7", errors);
        Assert.EndsWith("The model is missing.", errors);
    }

    [Theory]
    [InlineData("""{"name":"changes","type":"cosmosDBTrigger","direction":"In"}""", "cosmosDBTrigger")]
    [InlineData("""{"name":"out","type":"sendGrid","direction":"Out"}""", "sendGrid")]
    public async Task A_binding_that_it_doesn_t_know_is_named_with_its_function(string binding, string type)
    {
        foreach (var file in (string[])["host.json", "worker.config.json", "functions.metadata", "SampleApp.dll"])
            File.Copy(Path.Combine(SampleHost.App, file), Path.Combine(_folder.FullName, file));
        var list = Path.Combine(_folder.FullName, "functions.metadata");
        await File.WriteAllTextAsync(list, $$"""{{(await File.ReadAllTextAsync(list)).TrimEnd().TrimEnd(']')}}, {"name": "Odd", "bindings": [{{binding}}]}]""");
        var (code, errors) = await RunAsync(_folder.FullName);
        Assert.Equal(1, code);
        Assert.Contains(type, errors);
        Assert.Contains("Odd", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_setting_that_a_binding_names_and_nobody_set_is_named()
    {
        var (code, errors) = await RunAsync(SampleHost.App, new Dictionary<string, string?> { ["Container"] = null });
        Assert.Equal(1, code);
        Assert.Contains("Container", errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Starts a host that is expected to end. Returns its exit code and what it wrote to standard error.</summary>
    private async Task<(int Code, string Errors)> RunAsync(string app, Dictionary<string, string?>? settings = null, params string[] args)
    {
        await using var host = new HostProcess(app, SampleHost.Settings(azurite, SampleHost.NewName(), settings: settings), args);
        return (await host.ExitAsync(), host.Errors.Trim());
    }
}
