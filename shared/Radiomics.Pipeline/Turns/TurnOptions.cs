using System.ComponentModel.DataAnnotations;

namespace Radiomics.Pipeline;

/// <summary>
/// The settings <c>Radiomics__Turns__…</c>: how much is under way at once. All activities share one queue, in which first come is first served: what isn't begun yet keeps nobody waiting
/// there. The defaults suit one machine whose host runs four activities at once (<c>maxConcurrentActivityFunctions</c> in <c>host.json</c>).
/// </summary>
public sealed record TurnOptions
{
    /// <summary>Studies that are under way at once, of all centers.</summary>
    [Range(1, 10_000)]
    public int Studies { get; init; } = 4;

    /// <summary>Studies of one center that are under way at once. Less than all, so that others' need not even wait for one of them to end.</summary>
    [Range(1, 10_000)]
    public int StudiesPerCenter { get; init; } = 3;

    /// <summary>Retrainings that are under way at once, of all centers. One that waits for somebody's approval is none of them.</summary>
    [Range(1, 1_000)]
    public int Retrainings { get; init; } = 1;

    /// <summary>Steps of a retraining that are under way at once. Together with <see cref="Retrainings"/> less than the activities that run at once, so that some are left for studies.</summary>
    [Range(1, 1_000)]
    public int RetrainingSteps { get; init; } = 2;

    /// <summary>How many turns there are of a kind, and how many of them one center may have.</summary>
    internal (int All, int PerCenter) Of(TurnKind kind) => kind == TurnKind.Study ? (Studies, Math.Min(StudiesPerCenter, Studies)) : (Retrainings, Retrainings);
}
