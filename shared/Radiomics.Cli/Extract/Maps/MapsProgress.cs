using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Spectre.Console;

namespace Radiomics.Cli.Extract.Maps;

/// <summary>How far the maps of features are, which may take long: a bar on a screen, else nothing.</summary>
internal sealed class MapsProgress(Terminal terminal, ExtractionSettings settings)
{
    /// <summary>Does <paramref name="work"/> and shows the progress that it reports meanwhile.</summary>
    public T Run<T>(string what, Func<IProgress<double>?, T> work) => !terminal.Interactive || settings.PyRadiomics is not { Voxels: not null }
        ? work(null)
        : terminal.Screen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask(Markup.Escape(what), maxValue: 1))));

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (task)
            {
                // Several threads report, and the later not always last.
                task.Value = Math.Max(task.Value, value);
            }
        }
    }
}
