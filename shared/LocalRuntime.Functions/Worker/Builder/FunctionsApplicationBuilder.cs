using System.Reflection;
using LocalRuntime.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Collects an app's configuration, logging and services, and builds the host that runs its functions.</summary>
public class FunctionsApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly HostArguments _arguments;
    private readonly string _appName;
    private readonly FunctionCatalog _catalog;
    private bool _built;

    internal FunctionsApplicationBuilder(string[]? args, Assembly? functions = null, IEnumerable<Type>? functionTypes = null)
    {
        _arguments = HostArguments.Parse(args ?? []);
        var app = functions ?? Assembly.GetEntryAssembly() ?? throw new InvalidOperationException("There is no entry assembly to look for functions in.");
        _appName = app.GetName().Name!;
        _catalog = FunctionCatalog.Find(functionTypes ?? app.GetTypes());
        _web = AppDefaults.CreateWebBuilder(_arguments, _catalog);
    }

    /// <summary>Environment variables over the <c>Values</c> of local.settings.json; extendable.</summary>
    public ConfigurationManager Configuration => _web.Configuration;

    /// <summary>The environment's name (<c>AZURE_FUNCTIONS_ENVIRONMENT</c>, else Development) and the app's directory as content root.</summary>
    public IHostEnvironment Environment => _web.Environment;

    /// <summary>Console logging, quiet for the framework's own categories unless host.json says otherwise.</summary>
    public ILoggingBuilder Logging => _web.Logging;

    /// <summary>The services that functions get by constructor.</summary>
    public IServiceCollection Services => _web.Services;

    internal bool UsesAspNetCore { get; set; }

    /// <summary>The host, not yet started. Once per builder.</summary>
    /// <exception cref="InvalidOperationException">It was built before, or has HTTP functions without being configured for them.</exception>
    public IHost Build()
    {
        if (_built)
            throw new InvalidOperationException("The application has already been built.");
        _built = true;
        if (!UsesAspNetCore && _catalog.OfKind(FunctionKind.Http).Any())
            throw new InvalidOperationException("This app has HTTP functions: call builder.ConfigureFunctionsWebApplication().");
        return LocalFunctionsHost.Create(_web, _arguments, _catalog, _appName);
    }
}
