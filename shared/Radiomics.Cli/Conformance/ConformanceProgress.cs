using Radiomics.Cli.Output;
using Spectre.Console;

namespace Radiomics.Cli.Conformance;

/// <summary>How far a comparison is: a bar on a screen, else nothing.</summary>
internal sealed class ConformanceProgress(Terminal terminal)
{
    private ProgressTask? _bar;

    /// <summary>Does <paramref name="work"/> and shows the progress meanwhile.</summary>
    public async Task<T> RunAsync<T>(Func<T> work)
    {
        if (!terminal.Interactive)
        {
            return work();
        }

        return await terminal.Screen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context =>
            {
                _bar = context.AddTask("IBSI", maxValue: ConformanceRun.Count);
                return Task.Run(work);
            });
    }

    /// <summary>One more group is compared.</summary>
    public ConformanceGroup Done(ConformanceGroup group)
    {
        if (_bar is not null)
        {
            _bar.Increment(1);
            _bar.Description = Markup.Escape($"{group.Part} {group.Name}");
        }

        return group;
    }
}
