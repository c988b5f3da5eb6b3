namespace Radiomics.Pipeline;

/// <summary>Moves the pointers to the current models, by ETag, and lists what they were.</summary>
public sealed class ModelPromotions
{
    /// <summary>All states of a pointer, the current one last; empty if there is no model.</summary>
    public Task<IReadOnlyList<PromotedModel>> HistoryAsync(string center, string fieldStrength) => throw new InvalidOperationException();

    /// <summary>Makes an earlier model the current one again: the one before, or the one named.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>NothingToRollBackTo</c>, <c>ModelVersionUnknown</c>, <c>PromotionNameMissing</c>, <c>PromotionReasonMissing</c>.</exception>
    public Task<PromotedModel> RollbackAsync(string center, string fieldStrength, string? version, string name, string reason, string actor) => throw new InvalidOperationException();
}
