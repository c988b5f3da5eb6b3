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

        await ScreenBar.Bars(terminal).StartAsync(async context =>
        {
            _bar = context.AddTask("cases", maxValue: count);
            await work(this);
        });
    }

    /// <summary>One more case, with a row for each of its regions, is in the output.</summary>
    public void Done(IReadOnlyList<BatchRow> rows)
    {
        var done = Step();
        foreach (var row in rows)
        {
            var name = row.Case.Files.Labels.AreMany ? $"{row.Case.Name}, label {row.Label}" : row.Case.Name;
            var warnings = row.Extracted?.Vector.Warnings is { Count: > 0 } sentences ? string.Join(' ', sentences) : null;
            Note(done, name, row.Old is null ? "extracted" : "as before", row.Error, warnings);
        }
    }

    /// <summary>One more case is done, by several threads at a time if need be.</summary>
    public void Done(string name, string what, CommandError? error) => Note(Step(), name, what, error, null);

    private int Step()
    {
        var done = Interlocked.Increment(ref _done);
        if (_bar is not null)
        {
            _bar.Increment(1);
            _bar.Description = $"case {done} of {count}";
        }

        return done;
    }

    private void Note(int done, string name, string what, CommandError? error, string? warnings)
    {
        if (error is not null)
        {
            terminal.Note($"{done}/{count} {name}: {error.Detail} ({error.Code})");
        }
        else if (warnings is not null)
        {
            terminal.Note($"{done}/{count} {name}: {what}. Warning: {warnings}");
        }
        else if (_bar is null)
        {
            terminal.Note($"{done}/{count} {name}: {what}");
        }
    }
}
