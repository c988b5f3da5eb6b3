using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Retrainings;

/// <summary>A retraining in the list of a center.</summary>
public sealed record RetrainingRow
{
    /// <summary>Retraining id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required RetrainingState State { get; init; }

    /// <summary>When it was asked for, or, where that is known no longer, when its record was written. UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Name of its cohort; null if nobody knows any more.</summary>
    public string? Cohort { get; init; }

    /// <summary>Who asked; null if nobody knows any more.</summary>
    public string? Actor { get; init; }

    /// <summary>How far its parts are; null once it is over.</summary>
    public RetrainingProgress? Progress { get; init; }

    /// <summary>What came of it; null if nothing has yet.</summary>
    public string? Outcome { get; init; }
}
