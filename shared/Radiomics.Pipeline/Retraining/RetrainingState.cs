namespace Radiomics.Pipeline;

/// <summary>How far a retraining is.</summary>
public enum RetrainingState
{
    /// <summary>Accepted, not begun.</summary>
    Queued,

    /// <summary>Under way, or waiting for an approval.</summary>
    Running,

    /// <summary>There is a record; each group of it says whether it has a model and whether that was promoted.</summary>
    Succeeded,

    /// <summary>There is an error.</summary>
    Failed,
}
