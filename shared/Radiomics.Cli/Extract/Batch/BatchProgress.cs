using Radiomics.Cli.Output;
using Spectre.Console;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>How far a batch is: a bar on a screen, else a line for each case.</summary>
internal sealed class BatchProgress(Terminal terminal, int count)
{
    private ProgressTask? _bar;
    private int _done;

    /// <summary>Does <paramref name="work"/> and shows the progress meanwhile.</summary>
    public async Task RunAsync(Func<BatchProgress, Task> work)
    {
        if (!terminal.Interactive)
        {
            await work(this);
            return;
        }

        await terminal.Screen.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                _bar = context.AddTask("cases", maxValue: count);
                await work(this);
            });
    }

    /// <summary>One more case, with a row for each of its regions, is in the output.</summary>
    public void Done(IReadOnlyList<BatchRow> rows)
    {
        _done++;
        if (_bar is not null)
        {
            _bar.Increment(1);
            _bar.Description = $"case {_done} of {count}";
        }

        foreach (var row in rows)
        {
            Note(row);
        }
    }

    private void Note(BatchRow row)
    {
        var name = row.Case.Files.Labels.AreMany ? $"{row.Case.Name}, label {row.Label}" : row.Case.Name;
        if (row.Error is { } error)
        {
            terminal.Note($"{_done}/{count} {name}: {error.Detail} ({error.Code})");
        }
        else if (row.Extracted is { Vector.Warnings: { Count: > 0 } warnings })
        {
            terminal.Note($"{_done}/{count} {name}: extracted. Warning: {string.Join(' ', warnings)}");
        }
        else if (_bar is null)
        {
            terminal.Note($"{_done}/{count} {name}: {(row.Old is null ? "extracted" : "as before")}");
        }
    }
}
