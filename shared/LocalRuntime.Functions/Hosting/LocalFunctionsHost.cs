using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Runs an app's functions in this process.</summary>
internal static class LocalFunctionsHost
{
    public static IHost Create(WebApplicationBuilder web, HostArguments arguments, FunctionCatalog catalog) => web.Build();
}
