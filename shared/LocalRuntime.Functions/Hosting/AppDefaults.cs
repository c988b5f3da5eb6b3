using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>What every app starts from before it adds its own: configuration sources, logging, the web server's services.</summary>
internal static class AppDefaults
{
    public const string DevelopmentStorage = "UseDevelopmentStorage=true";

    public static WebApplicationBuilder CreateWebBuilder(HostArguments arguments, FunctionCatalog catalog)
    {
        var app = AppContext.BaseDirectory;
        var web = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = app,
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
            Args = [],
        });
        var local = LocalSettings.Find(app);
        web.Configuration.Sources.Clear();
        web.Configuration
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = DevelopmentStorage })
            .AddInMemoryCollection(HostJson.Read(app))
            .AddInMemoryCollection(local.Values)
            .AddEnvironmentVariables()
            .AddCommandLine(arguments.Rest);
        Connect(web.Configuration, catalog);
        web.WebHost.UseContentRoot(app);
        if (arguments.Port is null && local.Port is { } port)
            web.Configuration[HostSettings.PortKey] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Log(web.Logging, web.Configuration);
        web.Services.AddRouting();
        web.Services.AddMvcCore();
        web.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return web;
    }

    /// <summary>Locally one account does for all: a connection that a trigger names but no setting has is the host's own.</summary>
    private static void Connect(ConfigurationManager configuration, FunctionCatalog catalog)
    {
        var missing = catalog.OfKind(FunctionKind.Blob)
            .Select(f => ((BlobTriggerAttribute)f.Trigger).Connection)
            .OfType<string>()
            .Where(name => !configuration.GetSection(name).Exists())
            .Distinct()
            .Select(name => KeyValuePair.Create(name, configuration[StorageConnections.Host]));
        configuration.AddInMemoryCollection(missing.ToArray());
    }

    /// <summary>Quiet framework categories first, then host.json's <c>logging.logLevel</c>, whose more specific rules win.</summary>
    private static void Log(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.UseUtcTimestamp = true;
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Azure", LogLevel.Warning);
        foreach (var level in configuration.GetSection(HostJson.Section + ":logging:logLevel").GetChildren())
        {
            if (!Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var parsed))
                continue;
            if (level.Key.Equals("default", StringComparison.OrdinalIgnoreCase))
                logging.SetMinimumLevel(parsed);
            else
                logging.AddFilter(level.Key, parsed);
        }
    }
}
