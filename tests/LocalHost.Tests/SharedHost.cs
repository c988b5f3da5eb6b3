using LocalHost.Tests;
using Radiomics;

[assembly: AssemblyFixture(typeof(SharedHost))]

namespace LocalHost.Tests;

/// <summary>One host for all tests that neither configure nor harm theirs; started by the first.</summary>
public sealed class SharedHost : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<SampleHost>? _starting;

    public Task<SampleHost> StartedAsync(AzuriteFixture azurite)
    {
        lock (_gate)
            return _starting ??= SampleHost.StartAsync(azurite);
    }

    public async ValueTask DisposeAsync()
    {
        if (_starting is { IsCompletedSuccessfully: true })
        {
            // Its storage may be gone already, which it would wait for.
            await _starting.Result.Process.KillAsync();
            await _starting.Result.DisposeAsync();
        }
    }
}

/// <summary>Tests that run on the shared host.</summary>
public abstract class OnSharedHost(AzuriteFixture azurite, SharedHost shared) : IAsyncLifetime
{
    protected SampleHost App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await shared.StartedAsync(azurite);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
