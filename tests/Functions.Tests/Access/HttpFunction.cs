using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Triggers;

namespace Functions.Tests.Access;

/// <summary>An HTTP function as its attributes describe it, from which the worker tells the host of it.</summary>
internal sealed partial record HttpFunction(string Name, string Method, string Route, AuthorizationLevel Level)
{
    private static readonly Dictionary<string, string> s_values = new()
    {
        ["fieldStrength"] = "3.0T",
        ["version"] = "0123456789abcdef",
        ["id"] = "p-00000000000000000000000000000000",
        ["uploadId"] = "00000000000000000000000000000000",
        ["number"] = "0",
        ["name"] = "x",
    };

    /// <summary>All of the app, one for each method.</summary>
    public static IReadOnlyList<HttpFunction> All { get; } =
    [
        .. from type in typeof(GetHealth).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().SingleOrDefault()
           where trigger is not null
           from verb in trigger.Methods!
           select new HttpFunction(function.Name, verb.ToUpperInvariant(), trigger.Route!, trigger.AuthLevel),
    ];

    /// <summary>What it asks of its callers.</summary>
    public RouteRule Rule => RouteRules.Of(Name);

    /// <summary>Whether its route names a center.</summary>
    public bool NamesCenter => Route.StartsWith("api/centers/{center}/", StringComparison.Ordinal) || Route.StartsWith("centers/{center}/", StringComparison.Ordinal);

    /// <summary>Its address for a center. What else the route wants is something that isn't there; what it needn't have is left out.</summary>
    public string At(string center) => "/" + Parameter().Replace(
        Route, parameter => parameter.Groups["optional"].Success ? "" : parameter.Groups["slash"].Value + (parameter.Groups["name"].Value is var name && name == "center" ? center : s_values.GetValueOrDefault(name, "x")));

    [GeneratedRegex(@"(?<slash>/?)\{(?<name>\w+)[^?}]*(?<optional>\?)?\}")]
    private static partial Regex Parameter();
}
