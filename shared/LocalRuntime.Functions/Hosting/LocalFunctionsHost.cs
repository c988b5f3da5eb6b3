using System.Net;
using System.Net.Sockets;
using Azure;
using LocalRuntime.Functions.Durable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>
/// Runs an app's functions in this process: it looks for storage, then starts the app's own hosted services, the task hub, the listeners and
/// the web server, and stops them the other way round. What prevents the start is told in one sentence on standard error and by the exit code.
/// </summary>
internal sealed class LocalFunctionsHost : IHost, IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly HostArguments _arguments;
    private readonly HostSettings _settings;
    private readonly FunctionCatalog _catalog;
    private SecondInterrupt? _interrupt;
    private bool _begun;

    private LocalFunctionsHost(WebApplication web, HostArguments arguments, HostSettings settings, FunctionCatalog catalog) =>
        (_web, _arguments, _settings, _catalog) = (web, arguments, settings, catalog);

    public IServiceProvider Services => _web.Services;

    /// <summary>Where it listens, once it does.</summary>
    public string Url => Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static LocalFunctionsHost Create(WebApplicationBuilder builder, HostArguments arguments, FunctionCatalog catalog, string appName)
    {
        var settings = HostSettings.From(builder.Configuration, arguments, appName);
        Register(builder.Services, settings, catalog);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxRequestBodySize;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, settings.Port);
        });
        var web = builder.Build();
        web.Use(RefuseForeignHosts);
        web.UseRouting();
        web.Services.GetRequiredService<HttpFunctions>().Map(web);
        web.Services.GetRequiredService<EventGridWebhook>().Map(web);
        if (catalog.UsesDurable)
            web.Services.GetRequiredService<DurableEndpoints>().Map(web);
        return new LocalFunctionsHost(web, arguments, settings, catalog);
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await BeginAsync(cancellationToken);
        }
        catch (HostStartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            Environment.ExitCode = e.ExitCode;
            Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        }
    }

    /// <summary>Starts, or throws what <see cref="StartAsync"/> tells.</summary>
    internal async Task BeginAsync(CancellationToken cancellation)
    {
        if (_arguments.Problem is { } problem)
            throw new HostStartException(HostStartException.Usage, problem);
        if (_arguments.ReadyFile is { } stale)
            File.Delete(stale);
        await CheckStorageAsync(cancellation);
        if (_settings.EnableAuth)
            await Services.GetRequiredService<FunctionKeys>().LoadAsync(cancellation);
        await PrepareListenersAsync(cancellation);
        try
        {
            CheckPort();
            _begun = true;
            await _web.StartAsync(cancellation);
        }
        catch (Exception e) when (e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or IOException { InnerException: AddressInUseException })
        {
            throw new HostStartException(HostStartException.Failed, $"Port {_settings.Port} on 127.0.0.1 is in use. Choose another with --port N (0 is any free one).");
        }
        _interrupt = new SecondInterrupt();
        await AnnounceAsync(cancellation);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => _begun ? _web.StopAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync()
    {
        _interrupt?.Dispose();
        return _web.DisposeAsync();
    }

    /// <summary>Before anything is built on an account: does each that a function needs answer?</summary>
    private async Task CheckStorageAsync(CancellationToken cancellation)
    {
        var needed = _catalog.OfKind(FunctionKind.Blob).Select(f => ((BlobTriggerAttribute)f.Trigger).Connection).ToList();
        if (_settings.EnableAuth || _catalog.UsesDurable || needed.Count > 0 || _catalog.OfKind(FunctionKind.Timer).Any())
            needed.Add(null);
        var storage = Services.GetRequiredService<StorageConnections>();
        try
        {
            foreach (var account in needed.Select(connection => storage.Blobs(connection)).DistinctBy(account => account.Uri))
                await StorageProbe.CheckAsync(account, cancellation);
        }
        catch (Exception e) when (e is NotSupportedException or FormatException)
        {
            throw new HostStartException(HostStartException.Failed, e is FormatException ? "A storage connection string in the app's settings can't be read." : e.Message);
        }
    }

    private async Task PrepareListenersAsync(CancellationToken cancellation)
    {
        try
        {
            await Services.GetRequiredService<Listeners>().PrepareAsync(cancellation);
        }
        catch (FormatException e)
        {
            throw new HostStartException(HostStartException.Failed, e.Message);
        }
        catch (RequestFailedException e)
        {
            throw new HostStartException(HostStartException.Failed, $"The storage account refused to make the container of a blob trigger: {e.ErrorCode} ({e.Status}).");
        }
    }

    /// <summary>Looks before the web server does, which would log a stack trace.</summary>
    private void CheckPort()
    {
        if (_settings.Port == 0)
            return;
        using var listener = new TcpListener(IPAddress.Loopback, _settings.Port);
        listener.Start();
    }

    private async Task AnnounceAsync(CancellationToken cancellation)
    {
        FunctionListing.Write(Console.Out, _catalog, _settings, Url);
        if (_settings.EnableAuth)
            Console.WriteLine($"Keys are asked for; they lie in {Services.GetRequiredService<FunctionKeys>().Location}.");
        if (_arguments.ReadyFile is { } file)
            await ReadyFile.WriteAsync(file, Url, cancellation);
        if (_arguments.ParentPid is { } parent)
            _ = ParentWatch.RunAsync(parent, Services.GetRequiredService<IHostApplicationLifetime>(), Services.GetRequiredService<ILogger<LocalFunctionsHost>>());
    }

    private static void Register(IServiceCollection services, HostSettings settings, FunctionCatalog catalog)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(catalog);
        services.AddSingleton<StorageConnections>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<FunctionKeys>();
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton<EventGridWebhook>();
        services.AddSingleton<Listeners>();
        if (catalog.UsesDurable)
            RegisterDurable(services, settings);
        services.AddHostedService(provider => provider.GetRequiredService<Listeners>());
    }

    private static void RegisterDurable(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton<IDurableFunctions, DurableFunctions>();
        services.AddSingleton<DurableEndpoints>();
        // A connection string that can't be used is to be told at the start, not while the host is built.
        services.AddSingleton(provider => new Lazy<DurableTaskHub>(provider.GetRequiredService<DurableTaskHub>));
        services.AddHostedService<TaskHubService>();
        services.AddSingleton(provider =>
        {
            var storage = provider.GetRequiredService<StorageConnections>();
            var options = new DurableTaskOptions
            {
                HubName = settings.HubName,
                MaxConcurrentActivities = settings.MaxConcurrentActivities,
                MaxConcurrentOrchestrators = settings.MaxConcurrentOrchestrators,
            };
            return new DurableTaskHub(
                storage.Blobs(), storage.PlainQueues(), provider.GetRequiredService<IDurableFunctions>(), options,
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        });
    }

    /// <summary>A web page that rebinds its own name to this machine must not reach functions that ask for no key.</summary>
    private static Task RefuseForeignHosts(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]")
            return next(http);
        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
