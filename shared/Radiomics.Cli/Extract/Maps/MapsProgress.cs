using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Maps;

/// <summary>How far the maps of features are, which may take long: a bar on a screen, else nothing.</summary>
internal static class MapsProgress
{
    /// <summary>Does <paramref name="work"/> and shows the progress that it reports meanwhile.</summary>
    public static T Run<T>(Terminal terminal, ExtractionSettings settings, string what, Func<IProgress<double>?, T> work) =>
        terminal.Interactive && settings.PyRadiomics is { Voxels: not null } ? ScreenBar.Run(terminal, what, work) : work(null);
}
