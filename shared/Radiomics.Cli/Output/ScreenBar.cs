using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>Bars on a screen, on which progress moves. Apart, so that a run that draws nothing doesn't load the library.</summary>
internal sealed class ScreenBar : IProgress<double>
{
    private readonly ProgressTask _task;

    private ScreenBar(ProgressTask task) => _task = task;

    /// <summary>Does <paramref name="work"/> with a bar that goes when it is done.</summary>
    /// <param name="terminal">One on which progress may move: <see cref="Terminal.Interactive"/>.</param>
    /// <param name="what">What stands before the bar.</param>
    /// <param name="work">Reports its share, 0 to 1, to the bar.</param>
    public static T Run<T>(Terminal terminal, string what, Func<ScreenBar, T> work) =>
        Bars(terminal).AutoClear(true).Start(context => work(new(context.AddTask(Markup.Escape(what), maxValue: 1))));

    /// <summary>Bars, each with what it is of, its share and the time that is left.</summary>
    public static Progress Bars(Terminal terminal) =>
        terminal.Screen.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());

    /// <summary>So much is done. Several threads report, and the later not always last: the bar never goes back.</summary>
    public void Report(double value)
    {
        lock (_task)
        {
            _task.Value = Math.Max(_task.Value, value);
        }
    }

    /// <summary>The same, with other words before the bar.</summary>
    public void Report(double value, string what)
    {
        Report(value);
        _task.Description = Markup.Escape(what);
    }
}
