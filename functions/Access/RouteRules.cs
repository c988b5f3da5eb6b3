using Radiomics.Pipeline;
using RadiomicsFunctions.Triggers;
using RadiomicsFunctions.Triggers.Console;

namespace RadiomicsFunctions.Access;

/// <summary>
/// Who may call what, and what it tells that the audit must know: one line for each HTTP function. A function without a line answers nobody, and fails a test; so does one that reads a
/// center's things and doesn't say what. Where a body names further centers,
/// <see cref="Caller.Require"/> asks for <see cref="Right.Read"/> at each.
/// </summary>
public static class RouteRules
{
    /// <summary>The rules by the function's name.</summary>
    public static IReadOnlyDictionary<string, RouteRule> All { get; } = new Dictionary<string, RouteRule>(StringComparer.Ordinal)
    {
        [nameof(GetApiDocument)] = RouteRule.Open,
        [nameof(GetApiPages)] = RouteRule.Open,
        [nameof(GetApprovalPage)] = RouteRule.Shows("retraining", "id"),
        [nameof(GetAsset)] = RouteRule.OpenPage,
        [nameof(GetAuditPage)] = RouteRule.Shows("audit", "center"),
        [nameof(GetHealth)] = RouteRule.Open,
        [nameof(GetHome)] = RouteRule.OpenPage,
        [nameof(GetLive)] = RouteRule.Open,
        [nameof(GetModel)] = RouteRule.Tells("model", "fieldStrength"),
        [nameof(GetModelCard)] = RouteRule.Tells("card", "fieldStrength", "version"),
        [nameof(GetModelCardPage)] = RouteRule.Shows("card", "fieldStrength", "version"),
        [nameof(GetModelPage)] = RouteRule.Shows("card", "fieldStrength", "version"),
        [nameof(GetModelsPage)] = RouteRule.Shows("model", "center"),
        [nameof(GetPrediction)] = RouteRule.Tells("prediction", "id"),
        [nameof(GetQuarantine)] = RouteRule.Tells("quarantine", "center"),
        [nameof(GetQuarantinePage)] = RouteRule.Shows("quarantine", "center"),
        [nameof(GetQuarantined)] = RouteRule.Tells("quarantined", "uploadId"),
        [nameof(GetQuarantinedPage)] = RouteRule.Shows("quarantined", "uploadId"),
        [nameof(GetReady)] = RouteRule.Open,
        [nameof(GetReport)] = RouteRule.Tells("report", "id"),
        [nameof(GetReportPage)] = RouteRule.Shows("report", "id"),
        [nameof(GetRetraining)] = RouteRule.Tells("retraining", "id"),
        [nameof(GetRetrainingPage)] = RouteRule.Shows("retraining", "id"),
        [nameof(GetRetrainingsPage)] = RouteRule.Shows("retrainings", "center"),
        [nameof(GetRollbackPage)] = RouteRule.Shows("model", "fieldStrength"),
        [nameof(GetServicePage)] = RouteRule.Shows("service", "center"),
        [nameof(GetSignIn)] = RouteRule.OpenPage,
        [nameof(GetSignInAccount)] = RouteRule.OpenPage,
        [nameof(GetSignInCallback)] = RouteRule.OpenPage,
        [nameof(GetStudiesPage)] = RouteRule.Shows("studies", "center"),
        [nameof(GetStudyFile)] = RouteRule.Shows("file", "id", "file"),
        [nameof(GetStudyImage)] = RouteRule.Shows("image", "id", "file"),
        [nameof(GetStudyPage)] = RouteRule.Shows("prediction", "id"),
        [nameof(PostApproval)] = RouteRule.Needs(Right.Approve),
        [nameof(PostApprovalForm)] = RouteRule.Changes(Right.Approve),
        [nameof(PostCohortForm)] = RouteRule.Changes(Right.Train),
        [nameof(PostConsoleUpload)] = RouteRule.Changes(Right.Submit),
        [nameof(PostDicomEvents)] = RouteRule.Events,
        [nameof(PostModelRollback)] = RouteRule.Changes(Right.Approve),
        [nameof(PostPrediction)] = RouteRule.Needs(Right.Submit),
        [nameof(PostResubmission)] = RouteRule.Needs(Right.Submit),
        [nameof(PostResubmissionForm)] = RouteRule.Changes(Right.Submit),
        [nameof(PostRetraining)] = RouteRule.Needs(Right.Train),
        [nameof(PostRetrainingForm)] = RouteRule.Changes(Right.Train),
        [nameof(PostRollback)] = RouteRule.Needs(Right.Approve),
        [nameof(PostSignInKey)] = RouteRule.OpenPage,
        [nameof(PostSignOut)] = RouteRule.OpenPage,
        [nameof(PostUpload)] = RouteRule.Needs(Right.Submit),
        [nameof(PutCohort)] = RouteRule.Needs(Right.Train),
        [nameof(PutUploadBlock)] = RouteRule.Changes(Right.Submit),
    };

    /// <summary>The rule of a function.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static RouteRule Of(string function) =>
        All.GetValueOrDefault(function) ?? throw new InvalidOperationException($"The function {function} has no rule that says who may call it.");
}
