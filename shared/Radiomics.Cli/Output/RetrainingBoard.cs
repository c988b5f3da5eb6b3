using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>Progress of a retraining: a table that redraws itself on a screen, else a line for each change. It never runs backwards.</summary>
public sealed class RetrainingBoard(Terminal terminal)
{
    private const int BarWidth = 30;

    private readonly Lock _lock = new();
    private IReadOnlyList<PhaseProgress> _steps = [];
    private RetrainingPhase? _phase;
    private RetrainingState? _answered;
    private string _state = "";
    private bool _drawing;

    /// <summary>Does <paramref name="work"/> and shows the progress meanwhile.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        if (!terminal.Interactive)
        {
            return await work();
        }

        _drawing = true;
        try
        {
            return await terminal.Screen.Live(Table()).AutoClear(false).StartAsync(async live =>
            {
                var task = work();
                while (!task.IsCompleted)
                {
                    live.UpdateTarget(Table());
                    await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(200)));
                }

                live.UpdateTarget(Table());
                return await task;
            });
        }
        finally
        {
            _drawing = false;
        }
    }

    /// <summary>A sentence about the whole.</summary>
    public void Note(string text)
    {
        lock (_lock)
        {
            _state = text;
        }

        Line(text);
    }

    /// <summary>What the service says.</summary>
    public void Set(RetrainingStatus status)
    {
        List<string> changed = [];
        lock (_lock)
        {
            if (Forward.Rank(_answered) > Forward.Rank(status.Status) || Forward.Rank(_answered) == 3)
            {
                return;
            }

            _answered = status.Status;
            var steps = Forward.Later(_steps, status.Progress?.Steps ?? []);
            changed.AddRange(steps.Except(_steps).Select(step => $"{Name(step.Phase)} {step.Done}/{step.Total}"));
            _steps = steps;
            if (status.Progress is { } progress && (_phase is null || progress.Phase > _phase))
            {
                _phase = progress.Phase;
            }

            var state = status.Status switch
            {
                RetrainingState.WaitingForApproval => "waiting for approval",
                RetrainingState.Running when _phase is { } phase => Name(phase),
                _ => status.Status.ToString().ToLowerInvariant(),
            };
            if (changed.Count == 0 && state != _state)
            {
                changed.Add(state);
            }

            _state = state;
        }

        if (changed.Count > 0)
        {
            Line(string.Join(", ", changed));
        }
    }

    private void Line(string text)
    {
        if (!_drawing)
        {
            terminal.Note(text);
        }
    }

    private Table Table()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("phase", "", "done");
        lock (_lock)
        {
            foreach (var step in _steps)
            {
                var filled = step.Total == 0 ? BarWidth : step.Done * BarWidth / step.Total;
                table.AddRow(Name(step.Phase), $"[green]{new string('━', filled)}[/][grey]{new string('─', BarWidth - filled)}[/]", $"{step.Done}/{step.Total}");
            }

            return table.Caption(Markup.Escape(_state));
        }
    }

    private static string Name(RetrainingPhase phase) => phase.ToString().ToLowerInvariant();
}
