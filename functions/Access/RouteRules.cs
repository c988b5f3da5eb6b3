using Radiomics.Pipeline;
using RadiomicsFunctions.Triggers;

namespace RadiomicsFunctions.Access;

/// <summary>
/// Who may call what: one line for each HTTP function. A function without a line answers nobody, and fails a test. Where a body names further centers,
/// <see cref="Caller.Require"/> asks for <see cref="Right.Read"/> at each.
/// </summary>
public static class RouteRules
{
    /// <summary>The rules by the function's name.</summary>
    public static IReadOnlyDictionary<string, RouteRule> All { get; } = new Dictionary<string, RouteRule>(StringComparer.Ordinal)
    {
        [nameof(GetApiDocument)] = RouteRule.Open,
        [nameof(GetApiPages)] = RouteRule.Open,
        [nameof(GetHealth)] = RouteRule.Open,
        [nameof(GetLive)] = RouteRule.Open,
        [nameof(GetModel)] = RouteRule.Needs(Right.Read),
        [nameof(GetModelCard)] = RouteRule.Needs(Right.Read),
        [nameof(GetPrediction)] = RouteRule.Needs(Right.Read),
        [nameof(GetQuarantine)] = RouteRule.Needs(Right.Read),
        [nameof(GetQuarantined)] = RouteRule.Needs(Right.Read),
        [nameof(GetReady)] = RouteRule.Open,
        [nameof(GetReport)] = RouteRule.Needs(Right.Read),
        [nameof(GetRetraining)] = RouteRule.Needs(Right.Read),
        [nameof(PostApproval)] = RouteRule.Needs(Right.Approve),
        [nameof(PostDicomEvents)] = RouteRule.Events,
        [nameof(PostPrediction)] = RouteRule.Needs(Right.Submit),
        [nameof(PostResubmission)] = RouteRule.Needs(Right.Submit),
        [nameof(PostRetraining)] = RouteRule.Needs(Right.Train),
        [nameof(PostRollback)] = RouteRule.Needs(Right.Approve),
        [nameof(PostUpload)] = RouteRule.Needs(Right.Submit),
        [nameof(PutCohort)] = RouteRule.Needs(Right.Train),
    };

    /// <summary>The rule of a function.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static RouteRule Of(string function) =>
        All.GetValueOrDefault(function) ?? throw new InvalidOperationException($"The function {function} has no rule that says who may call it.");
}
