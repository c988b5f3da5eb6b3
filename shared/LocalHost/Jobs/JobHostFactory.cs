using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Extensions.EventGrid;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Timers;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LocalHost.Jobs;

/// <summary>Puts the WebJobs host together: the real SDK and extensions, with what the Functions host gives them besides.</summary>
internal static class JobHostFactory
{
    /// <summary>How long a killed host's locks (timers, singletons) keep others waiting.</summary>
    private static readonly TimeSpan s_lockPeriod = TimeSpan.FromSeconds(15);

    /// <summary>How long a function that was asked to stop may take to do so.</summary>
    private static readonly TimeSpan s_timeoutGrace = TimeSpan.FromSeconds(5);

    public static IHost Build(IConfiguration configuration, HostSettings settings, Type functions, WebHookAddresses webHooks, TimeoutHandler faults, StorageAccounts storage) => new HostBuilder()
        .ConfigureWebJobs(jobs =>
        {
            jobs.AddAzureStorageCoreServices();
            jobs.AddExecutionContextBinding();
            jobs.AddAzureStorageBlobs();
            jobs.AddAzureStorageQueues();
            jobs.AddTimers();
            jobs.AddEventGrid();
            jobs.AddDurableTask();
        })
        // After the SDK, which puts the environment before all else: the command line wins.
        .ConfigureAppConfiguration(builder => builder.AddConfiguration(configuration))
        .ConfigureLogging(logging => HostLogging.Configure(logging, configuration))
        .ConfigureServices(services =>
        {
            services.AddSingleton<ITypeLocator>(new OneType(functions));
            services.AddSingleton<IHostIdProvider>(new FixedHostId(settings.HostId));
#pragma warning disable CS0618 // "Not for public use": it is how a host tells extensions their addresses.
            services.AddSingleton<IWebHookProvider>(webHooks);
#pragma warning restore CS0618
            services.AddSingleton<ScheduleMonitor>(new ScheduleStatusBlobs(storage.Host, settings.HostId));
            services.AddSingleton<IWebJobsExceptionHandler>(faults);
            services.AddSingleton<IHostLifetime, NoLifetime>();
            // Without the spans of requests and orchestrations a trace would end where work is queued. Spans alone: the SDK's log tells names of blobs.
            if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            {
                services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService($"{settings.HostId}.Host"))
                    .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore", "WebJobs.Extensions.DurableTask", "DurableTask.Core").AddOtlpExporter());
            }
            services.Configure<SingletonOptions>(options => options.ListenerLockPeriod = s_lockPeriod);
            services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(3));
            if (settings.FunctionTimeout is { } limit)
            {
                services.Configure<JobHostFunctionTimeoutOptions>(options =>
                    (options.Timeout, options.ThrowOnTimeout, options.TimeoutWhileDebugging, options.GracePeriod) = (limit, true, true, s_timeoutGrace));
            }
        })
        .Build();

    private sealed class OneType(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class FixedHostId(string id) : IHostIdProvider
    {
        public Task<string> GetHostIdAsync(CancellationToken cancellationToken) => Task.FromResult(id);
    }
}
