using Microsoft.OpenApi;
using RadiomicsFunctions.Access;

namespace RadiomicsFunctions.Api;

/// <summary>What callers show, as the OpenAPI document tells it: what <see cref="RouteRules"/> asks for, and the host before it.</summary>
internal static class ApiAccess
{
    private const string FunctionKey = "functionKey";
    private const string Token = "token";
    private const string ApiKey = "apiKey";

    /// <summary>Ways to say who calls, by name.</summary>
    public static IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes { get; } = new Dictionary<string, OpenApiSecurityScheme>
    {
        [FunctionKey] = new()
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "x-functions-key",
            Description = "In Azure, the key of the function or of the app: the outer gate. A service on one's own machine asks for nothing, unless it was started with `--auth`.",
        },
        [Token] = new()
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An access token of Entra ID for this API. Its app roles (`Center.{id}.Submit`, `.Read`, `.Train`, `.Approve`, `Admin`) say what the caller may do at which center.",
        },
        [ApiKey] = new()
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyHandler.Header,
            Description = "A key of one center, for senders that can't get tokens. The operator makes it by `radiomics keys add`.",
        },
    };

    /// <summary>The sets of schemes of which one must be shown; empty if anybody may call.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> SetsOf(ApiOperation operation) => RouteRules.Of(operation.Function) switch
    {
        { IsForEvents: true } => [[FunctionKey], [FunctionKey, Token]],
        { Right: not null } => [[FunctionKey, Token], [FunctionKey, ApiKey]],
        _ => [],
    };

    /// <summary>Codes of what the gate before a function answers with.</summary>
    public static IReadOnlyList<string> ProblemsOf(string function) => RouteRules.Of(function) switch
    {
        { IsForEvents: true } => ["CredentialsMissing", "CredentialsInvalid", "RightMissing", "IssuerUnreachable"],
        { Right: not null } => ["CredentialsMissing", "CredentialsInvalid", "RightMissing", "UnknownCenter", "IssuerUnreachable"],
        _ => [],
    };

    /// <summary>What an operation asks for, to be read after "Needs"; null if anybody may call it.</summary>
    public static string? NeedOf(ApiOperation operation) => RouteRules.Of(operation.Function) switch
    {
        { IsForEvents: true } => "the function's key, and a token of Event Grid where the service asks for one",
        { Right: { } right } => $"the right `{right}` at the center",
        _ => null,
    };
}
