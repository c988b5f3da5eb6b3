using Radiomics.Pipeline;

namespace Radiomics.Cli.Output;

/// <summary>Which of two states of the same thing is the later one: what is shown only ever moves on.</summary>
internal static class Forward
{
    /// <summary>Place of a prediction's state in their order; the last two end it.</summary>
    public static int Rank(PredictionState? state) => state switch
    {
        null => 0,
        PredictionState.Queued => 1,
        PredictionState.Running => 2,
        _ => 3,
    };

    /// <summary>Whether nothing comes after a state.</summary>
    public static bool HasEnded(PredictionState state) => Rank(state) == 3;

    /// <summary>Notes a sequence's state if it is a later one than is known. Returns whether it is.</summary>
    public static bool Advance(Dictionary<string, SequenceState> known, string sequence, SequenceState state)
    {
        if (known.TryGetValue(sequence, out var before) && Rank(before) >= Rank(state))
        {
            return false;
        }

        known[sequence] = state;
        return true;
    }

    /// <summary>Place of a retraining's state in their order. It may wait for a decision about one model after it went on with another; the last two end it.</summary>
    public static int Rank(RetrainingState? state) => state switch
    {
        null => 0,
        RetrainingState.Queued => 1,
        RetrainingState.Running or RetrainingState.WaitingForApproval => 2,
        _ => 3,
    };

    /// <summary>The phases of both in their order, of each the one that has got farther.</summary>
    public static IReadOnlyList<PhaseProgress> Later(IReadOnlyList<PhaseProgress> known, IReadOnlyList<PhaseProgress> told) =>
        [.. known.Concat(told).GroupBy(step => step.Phase).OrderBy(phase => phase.Key).Select(phase => phase.Aggregate((first, next) => Share(next) >= Share(first) ? next : first))];

    private static int Rank(SequenceState state) => state switch
    {
        SequenceState.Pending => 0,
        SequenceState.Running => 1,
        _ => 2,
    };

    private static double Share(PhaseProgress step) => step.Total == 0 ? 1 : (double)step.Done / step.Total;
}
