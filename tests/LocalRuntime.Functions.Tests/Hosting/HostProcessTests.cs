using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LocalRuntime.Functions.Tests.Hosting;

public class HostProcessTests(AzuriteFixture azurite)
{
    private readonly string _ready = Path.Combine(Path.GetTempPath(), TestApp.NewName() + ".url");

    [Fact]
    public async Task Unreachable_storage_is_one_sentence_and_exit_code_4()
    {
        using var process = SampleProcess.Start(typeof(SampleDurable), "--port", "0",
            "--AzureWebJobsStorage=DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a");
        Assert.Equal(4, await process.ExitAsync());
        var sentence = (await process.Errors).Trim();
        Assert.StartsWith("No storage answers at 127.0.0.1:9. Start Azurite", sentence);
        Assert.DoesNotContain('\n', sentence);
    }

    [Fact]
    public async Task It_lists_its_functions_serves_and_stops_on_a_signal()
    {
        using var process = Start(typeof(SampleHttp));
        var url = await ReadyAsync(process);
        using var http = new HttpClient();
        Assert.Equal("hello ", await http.GetStringAsync(url + "/api/Hello"));
        Signal(process.Process.Id, 15);
        Assert.Equal(0, await process.ExitAsync());
        var output = await process.Output;
        Assert.Contains($"\tHello: [GET] {url}/api/Hello\n", output);
        Assert.Contains($"\tItem: [GET,PUT] {url}/api/centers/{{center}}/items/{{id:int}}\n", output);
        Assert.Contains($"Host listening on {url}\n", output);
        Assert.Matches(@"Executed 'Functions\.Hello' \(Succeeded, Id=[0-9a-f-]{36}, Duration=\d+ms\)", output);
    }

    [Fact]
    public async Task It_lists_what_starts_the_other_functions()
    {
        using var process = Start(typeof(SampleDurable));
        await ReadyAsync(process);
        Signal(process.Process.Id, 2);
        Assert.Equal(0, await process.ExitAsync());
        var output = await process.Output;
        Assert.Contains("\tRepeat: orchestrationTrigger\n", output);
        Assert.Contains("\tSay: activityTrigger\n", output);
        Assert.Empty((await process.Errors).Trim());
    }

    [Fact]
    public async Task It_ends_with_its_parent()
    {
        using var parent = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        using var process = Start(typeof(SampleHttp), "--parent-pid", $"{parent.Id}");
        await ReadyAsync(process);
        parent.Kill();
        await parent.WaitForExitAsync();
        Assert.Equal(0, await process.ExitAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var process = SampleProcess.Start(typeof(SampleHttp), "--port", $"{port}");
        Assert.Equal(1, await process.ExitAsync());
        Assert.StartsWith($"Port {port} on 127.0.0.1 is in use.", (await process.Errors).Trim());
    }

    [Fact]
    public async Task A_wrong_argument_is_a_usage_error()
    {
        using var process = SampleProcess.Start(typeof(SampleHttp), "--port", "many");
        Assert.Equal(2, await process.ExitAsync());
        Assert.Equal("The argument --port needs a number after it.", (await process.Errors).Trim());
    }

    private SampleProcess Start(Type functions, params string[] args) => SampleProcess.Start(functions,
        ["--port", "0", "--ready-file", _ready, $"--AzureWebJobsStorage={azurite.ConnectionString}",
        $"--AzureFunctionsJobHost:extensions:durableTask:hubName=Hub{TestApp.NewName()}", .. args]);

    private async Task<string> ReadyAsync(SampleProcess process)
    {
        for (var i = 0; i < 600 && !File.Exists(_ready); i++)
        {
            if (process.Process.HasExited)
                throw new InvalidOperationException("It ended at once: " + await process.Errors);
            await Task.Delay(50);
        }
        var url = await File.ReadAllTextAsync(_ready);
        File.Delete(_ready);
        return url;
    }

    private static void Signal(int pid, int signal)
    {
        if (Kill(pid, signal) != 0)
            throw new InvalidOperationException("The process could not be signalled.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
