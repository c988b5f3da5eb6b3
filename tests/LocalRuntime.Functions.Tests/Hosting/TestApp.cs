using LocalRuntime.Functions.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRuntime.Functions.Tests.Hosting;

/// <summary>An app of the given function classes on a free port, with state of its own in the shared storage account.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly LocalFunctionsHost _host;

    private TestApp(LocalFunctionsHost host) => _host = host;

    public HttpClient Http { get; private set; } = new();

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts an app; the same <paramref name="name"/> is the same app to the storage account, as after a restart.</summary>
    public static async Task<TestApp> StartAsync(AzuriteFixture azurite, string name, Calls calls, Type[] functions, params string[] args)
    {
        string[] all =
        [
            "--port", "0",
            $"--AzureWebJobsStorage={azurite.ConnectionString}",
            $"--AzureFunctionsWebHost:hostid={name}",
            $"--AzureFunctionsJobHost:extensions:durableTask:hubName=Hub{name}",
            $"--Container={name}",
            "--LocalRuntime:BlobPollMilliseconds=50",
            "--LocalRuntime:BlobRetryMilliseconds=10",
            .. args,
        ];
        var builder = new FunctionsApplicationBuilder(all, typeof(TestApp).Assembly, functions);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton(calls);
        var app = new TestApp((LocalFunctionsHost)builder.Build());
        await app._host.BeginAsync(TestContext.Current.CancellationToken);
        app.Http = new HttpClient { BaseAddress = new Uri(app._host.Url) };
        return app;
    }

    /// <summary>A name that no other test uses, valid for a container, a hub and a host.</summary>
    public static string NewName() => "t" + Guid.NewGuid().ToString("N")[..20];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _host.StopAsync(limit.Token);
        await _host.DisposeAsync();
    }
}
