using System.Diagnostics;
using Radiomics;

namespace LocalHost.Tests.Lifetime;

public class LifetimeTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>Neither the function nor its worker is waited for long.</summary>
    [Fact]
    public async Task It_stops_on_a_signal_though_a_function_hangs()
    {
        await using var app = await SampleHost.StartAsync(azurite);
        await HangAsync(app);
        app.Process.Signal(15);
        Assert.Equal(0, await app.Process.ExitAsync().WaitAsync(_patience));
        Assert.True(await app.Process.WorkersEndAsync(_patience));
        Assert.Empty(app.Process.Errors);
    }

    [Fact]
    public async Task A_second_Ctrl_C_ends_it_at_once()
    {
        await using var app = await SampleHost.StartAsync(azurite);
        await HangAsync(app);
        app.Process.Signal(2);
        await app.Process.SaysAsync("Stopping");
        app.Process.Signal(2);
        Assert.Equal(130, await app.Process.ExitAsync().WaitAsync(_patience));
        Assert.True(await app.Process.WorkersEndAsync(_patience));
    }

    [Fact]
    public async Task It_ends_with_its_parent()
    {
        using var parent = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        await using var app = await SampleHost.StartAsync(azurite, args: ["--parent-pid", $"{parent.Id}"]);
        parent.Kill();
        await parent.WaitForExitAsync();
        Assert.Equal(0, await app.Process.ExitAsync().WaitAsync(_patience));
        Assert.True(await app.Process.WorkersEndAsync(_patience));
    }

    /// <summary>As where the process that started both is killed: the storage is gone before the host has started.</summary>
    [Fact]
    public async Task It_stops_on_a_signal_though_it_waits_for_storage_to_start()
    {
        var storage = new AzuriteFixture();
        await storage.InitializeAsync();
        await using var host = new HostProcess(SampleHost.App, SampleHost.Settings(storage, SampleHost.NewName()));
        await host.SaysAsync(" started.");
        await storage.DisposeAsync();
        host.Signal(15);
        Assert.Equal(0, await host.ExitAsync().WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.True(await host.WorkersEndAsync(_patience));
    }

    private static async Task HangAsync(SampleHost app)
    {
        _ = app.Http.GetAsync("/api/Hang?id=x");
        await app.Calls.UntilAsync(1, "Hang");
    }
}
