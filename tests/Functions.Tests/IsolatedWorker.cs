using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Functions.Tests;

/// <summary>The isolated worker as the app builds it, without a host to talk to: what it serializes histories with is the real thing.</summary>
internal static class IsolatedWorker
{
    private static readonly Lazy<IHost> _host = new(Build);

    public static IServiceProvider Services => _host.Value.Services;

    /// <summary>Serializer of all inputs and outputs of durable functions.</summary>
    public static DataConverter Converter => Services.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.DataConverter;

    private static IHost Build()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        // Code that the build generates does this in the app; it looks in the entry assembly, which the tests are.
        new DurableTaskExtensionStartup().Configure(builder);
        return builder.Build();
    }
}
