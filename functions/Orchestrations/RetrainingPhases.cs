using Microsoft.DurableTask;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>Runs the steps of a phase side by side, and shows in the instance's custom status how far each phase is.</summary>
internal sealed class RetrainingPhases(TaskOrchestrationContext context)
{
    private readonly List<PhaseProgress> _steps = [];
    private readonly List<WaitingModel> _waiting = [];
    private RetrainingPhase _phase;

    /// <summary>
    /// Steps that are under way at once, so that a large cohort doesn't keep everybody else's work waiting behind it: as the plan says, or what it was before plans said so.
    /// </summary>
    public int StepsAtOnce { get; set; } = 16;

    /// <summary>A phase of one step begins.</summary>
    public void Enter(RetrainingPhase phase)
    {
        _phase = phase;
        Show();
    }

    /// <summary>Runs a phase; results in the order of <paramref name="items"/>. After a fault no further step begins.</summary>
    public async Task<TResult[]> RunAsync<TItem, TResult>(RetrainingPhase phase, IReadOnlyList<TItem> items, Func<TItem, Task<TResult>> step)
    {
        _steps.Add(new PhaseProgress(phase, 0, items.Count));
        Enter(phase);
        var results = new TResult[items.Count];
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(StepsAtOnce, items.Count)).Select(_ => LaneAsync()));
        return results;

        async Task LaneAsync()
        {
            while (next < items.Count)
            {
                var item = next++;
                try
                {
                    results[item] = await step(items[item]);
                }
                catch
                {
                    next = items.Count;
                    throw;
                }

                _steps[^1] = _steps[^1] with { Done = _steps[^1].Done + 1 };
                Show();
            }
        }
    }

    /// <summary>A model waits for somebody's approval.</summary>
    public void Await(TrainedModel model)
    {
        _waiting.Add(new WaitingModel(model.FieldStrength, model.Version, model.Sequence));
        Show();
    }

    /// <summary>It waits no longer.</summary>
    public void Answered(TrainedModel model)
    {
        _waiting.RemoveAll(waiting => waiting.FieldStrength == model.FieldStrength);
        Show();
    }

    private void Show() => context.SetCustomStatus(new RetrainingProgress { Phase = _phase, Steps = [.. _steps], Waiting = [.. _waiting] });
}
