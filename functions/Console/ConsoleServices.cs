using Microsoft.Extensions.DependencyInjection;
using Radiomics.Pages;
using Radiomics.Pages.Console;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Console;

/// <summary>Adds what the console's functions share.</summary>
internal static class ConsoleServices
{
    /// <summary>Adds the desk, what draws its pages, and what tells its forms from other sites'.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddAntiforgery(options =>
        {
            options.FormFieldName = ConsoleFrame.AntiforgeryField;
            options.HeaderName = ConsoleFrame.AntiforgeryField;
        })
        .AddSingleton<PageRenderer>()
        .AddSingleton<IDocumentPages, DocumentPages>()
        .AddSingleton<ConsoleDesk>();
}
