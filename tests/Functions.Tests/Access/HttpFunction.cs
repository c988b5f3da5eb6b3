using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using RadiomicsFunctions.Triggers;

namespace Functions.Tests.Access;

/// <summary>An HTTP function as its attributes describe it, from which the worker tells the host of it.</summary>
internal sealed record HttpFunction(string Name, string Method, string Route, AuthorizationLevel Level)
{
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

    /// <summary>Whether its route names a center.</summary>
    public bool NamesCenter => Route.StartsWith("api/centers/{center}/", StringComparison.Ordinal);

    /// <summary>Its address for a center. What else the route wants is something that isn't there; what it needn't have is left out.</summary>
    public string At(string center) => "/" + Route
        .Replace("{center}", center, StringComparison.Ordinal)
        .Replace("{fieldStrength}", "3.0T", StringComparison.Ordinal)
        .Replace("{version}", "0123456789abcdef", StringComparison.Ordinal)
        .Replace("{id}", "p-00000000000000000000000000000000", StringComparison.Ordinal)
        .Replace("{name}", "x", StringComparison.Ordinal)
        .Replace("/{file?}", "", StringComparison.Ordinal);
}
