namespace Radiomics.Pipeline;

/// <summary>How far a retraining is.</summary>
public enum RetrainingState
{
    /// <summary>Accepted, not begun.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Waits for a person's decision.</summary>
    WaitingForApproval,

    /// <summary>There is a record; each group of it says whether it has a model and whether that was promoted.</summary>
    Succeeded,

    /// <summary>There is an error.</summary>
    Failed,
}
