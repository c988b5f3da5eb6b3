using Radiomics.Cli.Output;
using Spectre.Console;

namespace Radiomics.Cli.Experiment;

/// <summary>How far the experiment is: two bars on a screen, else a line now and then.</summary>
internal sealed class PaperProgress(Terminal terminal)
{
    private readonly Lock _lock = new();
    private ProgressContext? _screen;
    private ProgressTask? _images;
    private ProgressTask? _models;
    private int _all;
    private int _done;

    /// <summary>Does <paramref name="work"/> and shows the progress meanwhile.</summary>
    public async Task<T> RunAsync<T>(Func<T> work)
    {
        if (!terminal.Interactive)
        {
            return await Task.Run(work);
        }

        return await ScreenBar.Bars(terminal).StartAsync(context =>
        {
            _screen = context;
            return Task.Run(work);
        });
    }

    /// <summary>So many patients will be simulated and measured.</summary>
    public void Images(int count)
    {
        _all = count;
        _images = _screen?.AddTask("patients", maxValue: count);
        Line($"{count} synthetic patients: images and features");
    }

    /// <summary>One patient is measured.</summary>
    public void ImageDone()
    {
        lock (_lock)
        {
            _done++;
            _images?.Increment(1);
            if (_done % Math.Max(1, _all / 10) == 0)
            {
                Line($"{_done} of {_all} patients measured");
            }
        }
    }

    /// <summary>Training of a group begins.</summary>
    public void Group(string name)
    {
        if (_models is not null)
        {
            _models.Value = _models.MaxValue;
        }

        _models = _screen?.AddTask(name).IsIndeterminate();
        Line($"{name}: training");
    }

    /// <summary>What is being done for a group.</summary>
    public IProgress<string> Step(string group) => new Steps(text =>
    {
        if (_models is { } bar)
        {
            bar.Description = $"{group} {text}";
        }
    });

    private void Line(string text)
    {
        if (_screen is null)
        {
            terminal.Note(text);
        }
    }

    private sealed class Steps(Action<string> show) : IProgress<string>
    {
        public void Report(string value) => show(value);
    }
}
