using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>A host whose worker tests may end; one test at a time.</summary>
public sealed class FragileHost(AzuriteFixture azurite) : IAsyncLifetime
{
    public SampleHost App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await SampleHost.StartAsync(azurite);

    /// <summary>Waits for a worker that serves: the test before may have ended one.</summary>
    public Task ServesAsync() => App.ServesAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

[CollectionDefinition(nameof(FragileHost))]
public sealed class OnFragileHost : ICollectionFixture<FragileHost>;
