using Microsoft.OpenApi;

namespace RadiomicsFunctions.Api;

/// <summary>What callers show, as the OpenAPI document tells it.</summary>
/// <param name="Schemes">Ways to say who calls, by name.</param>
/// <param name="Together">The schemes that are shown together; any one of these sets will do.</param>
/// <param name="NeedOf">What an operation asks for, to be read after "Needs"; null if anybody may call it.</param>
internal sealed record ApiAccess(
    IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes,
    IReadOnlyList<IReadOnlyList<string>> Together,
    Func<ApiOperation, string?> NeedOf)
{
    /// <summary>The host's own keys: a function that isn't anonymous asks for its key.</summary>
    public static ApiAccess FunctionKeys { get; } = new(
        new Dictionary<string, OpenApiSecurityScheme>
        {
            ["functionKey"] = new()
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "x-functions-key",
                Description = "In Azure, the key of the function or of the app. A service on one's own machine asks for none, unless it was started with `--enable-auth`.",
            },
        },
        [["functionKey"]],
        operation => operation.IsAnonymous ? null : "the function's key");
}
