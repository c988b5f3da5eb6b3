using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>What it takes for a trained model to become the current one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PromotionSettings
{
    /// <summary>Who decides.</summary>
    public PromotionMode Mode { get; init; } = PromotionMode.Approval;

    /// <summary>Largest one-sided p of the paired DeLong test against the current model, by rule.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Least number of held-out patients with, and without, the outcome, by rule.</summary>
    public int MinPatients { get; init; } = 10;

    /// <summary>How long an approval is waited for.</summary>
    public TimeSpan ApprovalTimeout { get; init; } = TimeSpan.FromDays(14);
}

/// <summary>Who decides whether a trained model becomes the current one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromotionMode>))]
public enum PromotionMode
{
    /// <summary>A person, by name and with a reason.</summary>
    [JsonStringEnumMemberName("approval")]
    Approval,

    /// <summary>A comparison on held-out patients that neither model was trained on.</summary>
    [JsonStringEnumMemberName("rule")]
    Rule,

    /// <summary>Nobody: the model is trained and stored only.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
