namespace Radiomics.Pipeline;

/// <summary>Sixth step, once per field strength: whether the trained model becomes the current one.</summary>
public sealed class Promotion
{
    /// <summary>Decides and moves the pointer. In mode <see cref="PromotionMode.Approval"/> a null approval means that none came in time. Where the result says <see cref="PromotionResult.NeedsApproval"/>, call again with the approval.</summary>
    public Task<PromotionResult> PromoteAsync(RetrainingRequest request, RetrainingPlan plan, TrainedModel model, Approval? approval) => throw new InvalidOperationException();
}
