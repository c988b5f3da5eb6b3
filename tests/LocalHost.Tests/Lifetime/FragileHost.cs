using System.Net;
using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>A host whose worker tests may end, and whose functions may not take long; one test at a time.</summary>
public sealed class FragileHost(AzuriteFixture azurite) : IAsyncLifetime
{
    public SampleHost App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await SampleHost.StartAsync(
        azurite, settings: new Dictionary<string, string?> { ["AzureFunctionsJobHost__functionTimeout"] = "00:00:08" });

    /// <summary>Waits for a worker that serves: the test before may have ended one.</summary>
    public Task ServesAsync() => Patience.UntilAsync(
        async () =>
        {
            using var answer = await App.Http.GetAsync("/api/Hello");
            return answer.StatusCode;
        },
        status => status == HttpStatusCode.OK,
        "GET Hello");

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

[CollectionDefinition(nameof(FragileHost))]
public sealed class OnFragileHost : ICollectionFixture<FragileHost>;
