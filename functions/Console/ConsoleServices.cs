using Microsoft.Extensions.DependencyInjection;
using Radiomics.Pages;
using Radiomics.Pages.Console;
using Radiomics.Pipeline;
using RadiomicsFunctions.Console.Studies;

namespace RadiomicsFunctions.Console;

/// <summary>Adds what the console's functions share.</summary>
internal static class ConsoleServices
{
    /// <summary>Adds the desk, and what draws its pages.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddSingleton<PageRenderer>()
        .AddSingleton<IDocumentPages, DocumentPages>()
        .AddSingleton<ConsoleDesk>()
        .AddSingleton<StudiesUnderWay>()
        .AddSingleton<SettledStudies>()
        .AddSingleton<StudyRowReader>()
        .AddSingleton<StudyList>()
        .AddSingleton<StudyFinder>()
        .AddSingleton<StudyFiles>();
}
