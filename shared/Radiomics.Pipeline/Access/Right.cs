namespace Radiomics.Pipeline;

/// <summary>What a caller may do at a center. None includes another: who decides about models and looks at their cards has two of them.</summary>
public enum Right
{
    /// <summary>Send studies, and learn that they were taken.</summary>
    Submit,

    /// <summary>Read predictions, models and retrainings; use the center's cohorts beside those of another one.</summary>
    Read,

    /// <summary>Send cohorts and train models from them.</summary>
    Train,

    /// <summary>Decide which model is the current one.</summary>
    Approve,
}
