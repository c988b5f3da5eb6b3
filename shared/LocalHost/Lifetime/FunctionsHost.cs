using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Indexers;
using Microsoft.Azure.WebJobs.Host.Listeners;

namespace LocalHost.Lifetime;

/// <summary>
/// The host as a whole. Starts the worker and, beside it, the WebJobs SDK on the app's list of functions, then opens the doors; stops in the other order, the
/// worker's line last, or it would never hear that it should end.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan s_jobsPatience = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly HostArguments _arguments;
    private readonly HostSettings _settings;
    private readonly HostConfiguration _configuration;
    private readonly StorageAccounts _storage;
    private readonly FunctionKeys _keys;
    private readonly ILoggerFactory _loggers;
    private readonly AppFolder _app;
    private readonly FunctionCatalog _catalog;
    private readonly CancellationTokenSource _watching = new();
    private readonly WebHookAddresses _webHooks;
    private readonly HttpClient _webHookClient = new(new SocketsHttpHandler { UseProxy = false });

    private WorkerEndpoint? _endpoint;
    private WorkerSupervisor? _worker;
    private Type? _functions;
    private IHost? _jobs;
    private TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PublicServer? _server;
    private Task _watchers = Task.CompletedTask;

    private FunctionsHost(HostArguments arguments)
    {
        _arguments = arguments;
        // Left over from a container's environment, these would have the extensions take this process for one in Azure.
        foreach (var name in (string[])["CONTAINER_NAME", "WEBSITE_INSTANCE_ID", "WEBSITE_SKU"])
            Environment.SetEnvironmentVariable(name, null);
        _app = AppFolder.Open(arguments.App);
        _configuration = new HostConfiguration(_app, arguments);
        _catalog = FunctionCatalog.Read(_app, _configuration.All);
        foreach (var name in _catalog.Connections)
            _configuration.ShareStorage(name);
        _settings = HostSettings.From(_configuration, arguments, _app);
        _storage = new StorageAccounts(_configuration);
        _keys = new FunctionKeys(_storage.Host, _settings);
        _loggers = LoggerFactory.Create(logging => HostLogging.Configure(logging, _configuration.All));
        _webHooks = new WebHookAddresses(() => _server!.Address, () => _keys.SystemKey);
    }

    /// <summary>Starts everything; when it returns, functions are served.</summary>
    /// <exception cref="HostStartException">Something prevents it.</exception>
    public static async Task<FunctionsHost> StartAsync(HostArguments arguments, CancellationToken cancellation)
    {
        var host = new FunctionsHost(arguments);
        try
        {
            await host.StartAsync(cancellation).WaitAsync(cancellation); // What goes on trying to reach storage that is gone must not hold up the end.
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();
        if (_server is not null)
            await _server.StopAsync();
        await _watchers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopJobsAsync();
        if (_worker is not null)
            await _worker.DisposeAsync();
        if (_endpoint is not null)
            await _endpoint.DisposeAsync();
        _webHookClient.Dispose();
        _loggers.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        if (File.Exists(_arguments.ReadyFile))
            File.Delete(_arguments.ReadyFile);
        _server = new PublicServer(_settings);
        await _server.BindAsync(cancellation);
        await _storage.RequireAsync(HostConfiguration.HostStorage, _settings.StorageWait, _loggers.CreateLogger("Host.Storage"), cancellation);
        _endpoint = await WorkerEndpoint.StartAsync();
        _worker = new WorkerSupervisor(_app, _endpoint, _configuration.ForWorker, _catalog, _loggers, cancellation);
        // Both take their time; what comes before the worker is ready waits for it.
        var starting = _worker.StartAsync();
        await _keys.LoadAsync(cancellation);
        var watchers = await StartJobsAsync(cancellation);
        await starting;
        Open(watchers);
        if (_arguments.ReadyFile is { } file)
            await ReadyFile.WriteAsync(file, _server.Address, cancellation);
    }

    private async Task<BlobEventWatcher[]> StartJobsAsync(CancellationToken cancellation)
    {
        try
        {
            var receipts = new BlobEventReceipts(_storage.Host, _settings.HostId);
            _functions = FunctionTypeBuilder.Build(_catalog.All, new FunctionInvoker(_worker!, _catalog, receipts));
            var names = BuildJobs().Services.GetRequiredService<INameResolver>();
            BlobEventWatcher[] watchers = [.. _catalog.All.Where(function => function.IsBlobEvent).Select(function => BlobEventWatcher.Create(
                function, names.ResolveWholeString(function.Trigger.Text("path") ?? ""), _storage.Blobs(function.Trigger.Text("connection") ?? HostConfiguration.HostStorage),
                receipts, _webHooks, _webHookClient, _settings, _loggers.CreateLogger("Host.BlobEvents")))];
            await Task.WhenAll(watchers.Select(watcher => watcher.PrepareAsync(cancellation)));
            await _jobs!.StartAsync(cancellation);
            return watchers;
        }
        catch (Exception e) when (e is FunctionIndexingException or FunctionListenerException or InvalidOperationException or FormatException or RequestFailedException)
        {
            throw new HostStartException(HostStartException.Failed, $"The functions could not be put to work: {e.GetBaseException().Message}");
        }
    }

    private void Open(BlobEventWatcher[] watchers)
    {
        var health = new HostHealth(watchers, () => _failed.Task.IsCompleted);
        _server!.Open(routes =>
        {
            new HttpFunctions(_catalog, () => _jobs!.Services.GetRequiredService<IJobHost>(), _keys, _server.Forwarding, _settings, health).Map(routes);
            new HostEndpoints(_keys, _webHooks, _worker!, health).Map(routes);
        });
        _watchers = Task.WhenAll(watchers.Select(watcher => Task.Run(() => watcher.RunAsync(_watching.Token), CancellationToken.None)).Append(KeepListeningAsync()));
        FunctionListing.Write(Console.Out, _catalog, _settings, _server.Address);
        if (_settings.EnableAuth)
            Console.WriteLine($"Keys are asked for; they lie in {_keys.Location}.");
    }

    private IHost BuildJobs()
    {
        var log = _loggers.CreateLogger("Host.Listeners");
        var failed = _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _jobs = JobHostFactory.Build(_configuration.All, _settings, _functions!, _webHooks, new TimeoutHandler(_worker!, OnFailed), _storage);

        void OnFailed(Exception e)
        {
            if (failed.TrySetResult())
                HostLog.ListenerFailed(log, e.GetType().FullName!, e.StackTrace);
        }
    }

    /// <summary>The SDK ends a listener that throws, say because storage was gone for longer than it retries, and never starts it again: here all are.</summary>
    private async Task KeepListeningAsync()
    {
        for (var said = ""; ;)
        {
            await _failed.Task.WaitAsync(_watching.Token);
            try
            {
                await StopJobsAsync();
                await Task.Delay(s_pause, _watching.Token);
                await BuildJobs().StartAsync(_watching.Token);
                said = "";
            }
            catch (Exception e) when (!_watching.IsCancellationRequested)
            {
                if (said != (said = e.GetType().FullName!))
                    HostLog.NotListening(_loggers.CreateLogger("Host.Listeners"), said);
                _failed.TrySetResult();
            }
        }
    }

    private async Task StopJobsAsync()
    {
        try
        {
            await (_jobs?.StopAsync().WaitAsync(s_jobsPatience) ?? Task.CompletedTask);
        }
        catch (Exception)
        {
            // Two blob triggers stop the queue listener that they share twice, which throws; and what goes on too long ends with the worker, and is given back.
        }
    }
}
