using System.Net.Http.Json;
using System.Text;
using LocalRuntime.Functions.Durable;
using LocalRuntime.Functions.Hosting;
using LocalRuntime.Functions.Tests;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions;

namespace Functions.Tests;

/// <summary>The whole app on the local host, once for all tests of this assembly; each test sends uploads of its own.</summary>
public sealed class App(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>Largest body that this app accepts.</summary>
    public const int MaxRequestBytes = 8 << 20;

    private LocalFunctionsHost? _host;

    public HttpClient Http { get; private set; } = new();

    public BlobStore Store => _host!.Services.GetRequiredService<BlobStore>();

    public AuditTrail Audit => _host!.Services.GetRequiredService<AuditTrail>();

    internal DurableTaskHub Hub => _host!.Services.GetRequiredService<DurableTaskHub>();

    internal DurableTaskClient Durable => Hub.Client;

    public async ValueTask InitializeAsync()
    {
        string[] args =
        [
            "--port", "0",
            $"--AzureWebJobsStorage={azurite.ConnectionString}",
            $"--RadiomicsStorage={azurite.ConnectionString}",
            $"--Radiomics:MaxRequestBytes={MaxRequestBytes}",
            $"--Radiomics:UidKey={Convert.ToBase64String(Encoding.UTF8.GetBytes("a key that only these tests have."))}",
            "--AzureFunctionsJobHost:extensions:durableTask:hubName=FunctionsTests",
            "--LocalRuntime:BlobPollMilliseconds=50",
        ];
        var builder = new FunctionsApplicationBuilder(args, typeof(AppServices).Assembly);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddApp(builder.Configuration);
        _host = (LocalFunctionsHost)builder.Build();
        await _host.BeginAsync(CancellationToken.None);
        Http = new HttpClient { BaseAddress = new Uri(_host.Url) };
        await Store.EnsureContainersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _host!.StopAsync(limit.Token);
        await _host.DisposeAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string center, HttpContent content, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/centers/{center}/predictions") { Content = content };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<PredictionStatus> PostZipAsync(string center, byte[] zip, string? key = null)
    {
        var response = await PostAsync(center, Zip(zip), key);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        return await ReadAsync(response);
    }

    /// <summary>Waits until a prediction is final.</summary>
    public async Task<PredictionStatus> EndAsync(string center, string id)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            var response = await Http.GetAsync($"/api/centers/{center}/predictions/{id}");
            if (response.IsSuccessStatusCode && await ReadAsync(response) is { Status: PredictionState.Succeeded or PredictionState.Failed } final)
                return final;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The prediction {id} never ended.");
    }

    public static ByteArrayContent Zip(byte[] zip) => new(zip) { Headers = { ContentType = new("application/zip") } };

    public static async Task<PredictionStatus> ReadAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options))!;
}
