namespace LocalHost.Lifetime;

/// <summary>The lifetime of the hosts inside this one: signals are the outer host's affair, which stops things in the right order.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
