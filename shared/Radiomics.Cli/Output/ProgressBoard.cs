using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>
/// Progress of some studies: a table that redraws itself on a screen, else a line for each change. It never runs backwards, whatever the service says after a restart,
/// a retry or with an answer that is late: what has ended stays so.
/// </summary>
public sealed class ProgressBoard(Terminal terminal, IReadOnlyList<string> names)
{
    private readonly Lock _lock = new();
    private readonly string[] _states = [.. names.Select(_ => "waiting")];
    private readonly Dictionary<string, SequenceState>[] _sequences = [.. names.Select(_ => new Dictionary<string, SequenceState>(StringComparer.Ordinal))];
    private readonly PredictionState?[] _answered = [.. names.Select(_ => (PredictionState?)null)];
    private string _note = "";
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

    /// <summary>What a study is at, until the service says.</summary>
    public void Set(int index, string state)
    {
        lock (_lock)
        {
            if (_answered[index] is not null || _states[index] == state)
            {
                return;
            }

            _states[index] = state;
        }

        Line($"{names[index]}: {state}");
    }

    /// <summary>What a study is at, as the service says.</summary>
    public void Set(int index, PredictionStatus status)
    {
        List<string> lines = [];
        lock (_lock)
        {
            if (_answered[index] is { } before && Forward.HasEnded(before))
            {
                return;
            }

            var changed = status.Sequences.Where(sequence => Forward.Advance(_sequences[index], sequence.Key, sequence.Value)).Select(sequence => $"{sequence.Key} {Lower(sequence.Value)}").ToArray();
            if (changed.Length > 0)
            {
                lines.Add(string.Join(", ", changed));
            }

            // One that is queued is, for who has sent it, no further than it was.
            if (status.Status != PredictionState.Queued && Forward.Rank(status.Status) >= Forward.Rank(_answered[index]))
            {
                _answered[index] = status.Status;
                if (_states[index] != Lower(status.Status))
                {
                    lines.Add(_states[index] = Lower(status.Status));
                }
            }
            else if (status.Ahead is { } ahead && _answered[index] is null)
            {
                var place = ahead == 0 ? "queued, next of its center" : $"queued, {ahead} of its center before it";
                if (_states[index] != place)
                {
                    lines.Add(_states[index] = place);
                }
            }
        }

        lines.ForEach(line => Line($"{names[index]}: {line}"));
    }

    /// <summary>A sentence about the whole.</summary>
    public void Note(string text)
    {
        _note = text;
        Line(text);
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
        var table = new Table().Border(TableBorder.Rounded).AddColumns("study", "state", "sequences");
        lock (_lock)
        {
            for (var i = 0; i < names.Count; i++)
            {
                var sequences = _sequences[i].OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value switch
                {
                    SequenceState.Done => $"[green]{Markup.Escape(s.Key)}[/]",
                    SequenceState.Running => $"[yellow]{Markup.Escape(s.Key)} …[/]",
                    SequenceState.Failed => $"[red]{Markup.Escape(s.Key)} ✗[/]",
                    _ => $"[grey]{Markup.Escape(s.Key)}[/]",
                });
                table.AddRow(Markup.Escape(names[i]), Markup.Escape(_states[i]), string.Join("  ", sequences));
            }
        }

        return _note.Length > 0 ? table.Caption(Markup.Escape(_note)) : table;
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
