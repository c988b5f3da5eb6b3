using Radiomics.Extraction;

namespace RadiomicsFunctions;

/// <summary>Who answers for a decision, and why; goes to the audit, never to logs.</summary>
/// <param name="Name">Who.</param>
/// <param name="Reason">Why.</param>
internal sealed record Signature(string Name, string Reason)
{
    private const int MaxName = 200;
    private const int MaxReason = 2000;

    /// <summary>Takes what somebody wrote.</summary>
    /// <exception cref="RadiomicsException"><c>PromotionNameMissing</c>, <c>PromotionReasonMissing</c>, <c>InvalidRequest</c>.</exception>
    public static Signature Of(string? name, string? reason) => new(
        Text(name, MaxName, "PromotionNameMissing", "Say with 'name' who decides; it is kept in the audit trail."),
        Text(reason, MaxReason, "PromotionReasonMissing", "Say with 'reason' why; it is kept in the audit trail."));

    private static string Text(string? text, int limit, string code, string detail)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RadiomicsException(code, detail);
        }

        return text.Length <= limit && !text.Any(char.IsControl)
            ? text.Trim()
            : throw new RadiomicsException("InvalidRequest", $"'name' may have {MaxName} characters and 'reason' {MaxReason}, on one line each.");
    }
}
