using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using Radiomics.Pipeline;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Api;

/// <summary>One method of one HTTP function, as its attributes describe it.</summary>
internal sealed partial record ApiOperation
{
    /// <summary>Name of the function.</summary>
    public required string Function { get; init; }

    /// <summary>HTTP method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>Path as OpenAPI writes it: <c>/api/centers/{center}/predictions</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the host lets anybody call it.</summary>
    public required bool IsAnonymous { get; init; }

    /// <summary>Tag and summary; null if nobody has described it.</summary>
    public OperationAttribute? Description { get; init; }

    /// <summary>What it is for, from the comment on the function's class.</summary>
    public string? Remarks { get; init; }

    /// <summary>Bodies that it takes.</summary>
    public required IReadOnlyList<AcceptsAttribute> Accepts { get; init; }

    /// <summary>Answers that are no problems.</summary>
    public required IReadOnlyList<ReturnsAttribute> Returns { get; init; }

    /// <summary>Codes of its problems.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Where the codes stand in the catalogue that the <c>error</c> of its answers has; null if they have none.</summary>
    public ErrorArea? Errors { get; init; }

    /// <summary>Headers and query parameters.</summary>
    public required IReadOnlyList<ParameterAttribute> Parameters { get; init; }

    /// <summary>Names of the route's parameters, in order.</summary>
    public IEnumerable<string> RouteParameters => RouteParameter().Matches(Path).Select(match => match.Groups[1].Value);

    /// <summary>Stable name for generated clients: the function's, or the method with the rest of it where a function has several.</summary>
    public string Id => char.ToLowerInvariant(Name[0]) + Name[1..];

    private string Name => Function.StartsWith(Method.Method, StringComparison.OrdinalIgnoreCase) || Description?.Method is null
        ? Function
        : char.ToUpperInvariant(Method.Method[0]) + Method.Method[1..].ToLowerInvariant() + VerbOfAFunction().Replace(Function, "");

    /// <summary>All operations of this app, by path and then in the order of their functions' names; those that <see cref="HiddenAttribute"/> hides are left out.</summary>
    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        .. typeof(ApiOperation).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null && method.GetCustomAttribute<HiddenAttribute>() is null)
            .SelectMany(OfFunction)
            .OrderBy(operation => operation.Path, StringComparer.Ordinal)
            .ThenBy(operation => operation.Function, StringComparer.Ordinal)
            .ThenBy(operation => operation.Method.Method, StringComparer.Ordinal),
    ];

    private static IEnumerable<ApiOperation> OfFunction(MethodInfo method)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        if (method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null) is not { } trigger)
        {
            yield break;
        }

        foreach (var verb in trigger.Methods ?? [])
        {
            yield return new ApiOperation
            {
                Function = name,
                Method = HttpMethod.Parse(verb),
                Path = $"/{trigger.Route ?? name}",
                IsAnonymous = trigger.AuthLevel == AuthorizationLevel.Anonymous,
                Description = method.GetCustomAttributes<OperationAttribute>().FirstOrDefault(described => IsOf(described.Method)),
                Remarks = DocComments.SummaryOf(method.DeclaringType!),
                Accepts = [.. method.GetCustomAttributes<AcceptsAttribute>().Where(accepted => IsOf(accepted.Method))],
                Returns = [.. method.GetCustomAttributes<ReturnsAttribute>().Where(returned => IsOf(returned.Method))],
                Problems = [.. ProblemsOf(name, method)],
                Errors = method.GetCustomAttribute<ErrorsAttribute>()?.Area,
                Parameters =
                [
                    .. method.GetCustomAttributes<ParameterAttribute>().Where(parameter => IsOf(parameter.Method)),
                    .. method.GetCustomAttributes<AcceptsAttribute>().Any(accepted => IsOf(accepted.Method)) ? DigestHeaders : [],
                ],
            };

            bool IsOf(string? said) => said is null || said == verb;
        }
    }

    // What the gate before it answers with, what reading a JSON body may end with, and what may happen to every function, needn't be said at each.
    private static IEnumerable<string> ProblemsOf(string function, MethodInfo method) =>
        ApiAccess.ProblemsOf(function)
        .Concat(method.GetCustomAttributes<AcceptsAttribute>().Any(accepted => accepted.Type is not null) ? JsonProblems : [])
        .Concat(method.GetCustomAttributes<AcceptsAttribute>().Any() ? DigestProblems : [])
        .Concat(method.GetCustomAttribute<ProblemsAttribute>()?.Codes ?? [])
        .Append(PredictionError.InternalFault)
        .Distinct();

    // Whatever takes a body holds it against what its sender says of it.
    private static ParameterAttribute[] DigestHeaders =>
    [
        new(ParameterLocation.Header, ClaimedDigests.ReprDigest, "Digests of the body (RFC 9530): `sha-256=:…:` or `sha-512=:…:`. A body that is another one is refused, and nothing of it is kept."),
        new(ParameterLocation.Header, ClaimedDigests.ContentDigest, "The same: bodies are taken as they come."),
        new(ParameterLocation.Header, ClaimedDigests.ContentMd5, "MD5 of the body in base64 (RFC 1864), for clients that have no better one."),
    ];

    private static string[] DigestProblems => ["InvalidDigest", "DigestMismatch", BusyException.BusyCode];

    private static string[] JsonProblems => ["InvalidRequest", "RequestTooLarge", "UnsupportedMediaType"];

    [GeneratedRegex(@"\{(\w+)\??\}")]
    private static partial Regex RouteParameter();

    [GeneratedRegex("^(Get|Post|Put|Delete)")]
    private static partial Regex VerbOfAFunction();
}
