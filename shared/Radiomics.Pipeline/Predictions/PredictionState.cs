namespace Radiomics.Pipeline;

/// <summary>How far a prediction is.</summary>
public enum PredictionState
{
    /// <summary>Accepted, not begun: it waits for its turn.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>There is a prediction, or, for a center without a model, features.</summary>
    Succeeded,

    /// <summary>There is an error.</summary>
    Failed,
}
