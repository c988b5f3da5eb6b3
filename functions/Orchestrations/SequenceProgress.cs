using Microsoft.DurableTask;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>Shows in the instance's custom status how far each sequence is.</summary>
internal sealed class SequenceProgress(TaskOrchestrationContext context)
{
    private readonly SortedDictionary<string, SequenceState> _sequences = new(StringComparer.Ordinal);

    /// <summary>The states now.</summary>
    public PredictionProgress Current => new(new SortedDictionary<string, SequenceState>(_sequences, StringComparer.Ordinal));

    /// <summary>It begins, or ends, to wait for its turn.</summary>
    public void Wait(bool waits) => context.SetCustomStatus(Current with { Queued = waits });

    /// <summary>All sequences go off.</summary>
    public void Begin(IEnumerable<string> sequences)
    {
        foreach (var sequence in sequences)
        {
            _sequences[sequence] = SequenceState.Running;
        }

        context.SetCustomStatus(Current);
    }

    /// <summary>One is through.</summary>
    public void End(string sequence, SequenceState state)
    {
        _sequences[sequence] = state;
        context.SetCustomStatus(Current);
    }
}
