using Microsoft.Extensions.DependencyInjection;
using Radiomics.Pages;
using Radiomics.Pages.Console;

namespace RadiomicsFunctions.Console;

/// <summary>Adds what the console's functions share.</summary>
internal static class ConsoleServices
{
    /// <summary>Adds the desk, and what draws its pages.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddSingleton<PageRenderer>()
        .AddSingleton<ConsoleDesk>();
}
