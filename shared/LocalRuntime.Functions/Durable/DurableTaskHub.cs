using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// Runs the orchestrations and activities of one task hub. All state is in the storage account, so that several processes may run
/// one each on the same hub and any of them may be killed at any moment.
/// </summary>
internal sealed class DurableTaskHub : IAsyncDisposable
{
    private readonly HubServices _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TurnDispatcher _turns;
    private readonly ActivityWorker _activities;
    private readonly HubSweeper _sweeper;
    private readonly Uri _account;
    private Task _working = Task.CompletedTask;

    public DurableTaskHub(
        BlobServiceClient blobs,
        QueueServiceClient queues,
        IDurableFunctions functions,
        DurableTaskOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _account = blobs.Uri;
        _services = new(blobs, queues, functions, options, time, loggers);
        var starter = new InstanceStarter(_services);
        var runner = new TurnRunner(
            _services, new OutboxSender(_services, starter), (id, when) => _turns!.WakeAt(id, when), _abandon.Token);
        _turns = new(_services, runner.RunAsync, _stop.Token);
        _activities = new(_services, runner.Known, _stop.Token, _abandon.Token);
        _sweeper = new(_services, _stop.Token);
        _services.SignalInstance = _turns.Signal;
        _services.SignalWork = _activities.Signal;
        Client = new LocalDurableTaskClient(_services, starter);
    }

    /// <summary>Starts, queries and controls the hub's instances. Usable after <see cref="StartAsync"/>.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Creates what the hub needs in the storage account, picks up what was left unfinished, and begins to work.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await _services.EnsureAsync(cancellation);
        _services.Claims = LocalClaims.TryOpen(_services, _account);
        await _sweeper.SweepAsync(all: true);
        _working = Task.WhenAll(Task.Run(_activities.RunAsync, CancellationToken.None), Task.Run(_sweeper.RunAsync, CancellationToken.None));
    }

    /// <summary>Ends running turns, cancels running activities and gives them back to the queue.</summary>
    /// <param name="cancellation">When to wait no longer.</param>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        _turns.Dispose();
        await Task.WhenAll(_turns.WhenIdleAsync(), _working).WaitAsync(cancellation);
        _services.Claims?.Dispose();
    }

    /// <summary>The history of an instance's current execution; null if there is no such instance.</summary>
    public async Task<IReadOnlyList<HistoryEvent>?> GetHistoryAsync(string instanceId, CancellationToken cancellation) =>
        (await _services.Instances.FindAsync(instanceId, cancellation))?.State.History;

    /// <summary>Replays an instance at every prefix of its history.</summary>
    /// <returns>How many prefixes there were.</returns>
    /// <exception cref="NonDeterministicOrchestrationException">A replay did something else than the history says.</exception>
    public async Task<int> ReplayEveryPrefixAsync(string instanceId, CancellationToken cancellation)
    {
        var found = await _services.Instances.FindAsync(instanceId, cancellation) ?? throw new InstanceNotFoundException(instanceId);
        return ReplayTester.ReplayEveryPrefix(found.State, _services.Functions, _services.Options.Serializer);
    }

    /// <summary>Ends everything where it stands, as if the process had been killed.</summary>
    public async Task AbandonAsync()
    {
        _services.Claims?.Abandon();
        await _abandon.CancelAsync();
        await _stop.CancelAsync();
        _turns.Dispose();
    }

    /// <summary>Stops working; what is unfinished stays in the storage account.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
            await StopAsync(CancellationToken.None);
    }
}
