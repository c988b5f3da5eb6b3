using Microsoft.OpenApi;

namespace RadiomicsFunctions.Api;

/// <summary>The parameters of routes: the same name means the same on every route.</summary>
internal static class ApiParameters
{
    private static readonly Dictionary<string, (string Description, string Example)> s_known = new(StringComparer.Ordinal)
    {
        ["center"] = ("The center, as its profile and its folder in `incoming` are called.", "A"),
        ["fieldStrength"] = ("Class of the field strength that the center's profile has a model for.", "3.0T"),
        ["id"] = ("Id of a prediction (`p-…`) or a retraining (`r-…`), from the answer to the call that started it.", "p-0123456789abcdef0123456789abcdef"),
        ["name"] = ("Name of a cohort: letters, digits, `-`, `_` and `.`.", "cohort-2025"),
        ["uploadId"] = ("Id of an upload, from the list of what is in quarantine or from the record of a failed prediction.", "0123456789abcdef0123456789abcdef"),
        ["version"] = ("Version of a model: the content hash of its package, 16 hex digits.", "0123456789abcdef"),
    };

    /// <summary>The description of a parameter of a route.</summary>
    /// <exception cref="KeyNotFoundException">It has none yet.</exception>
    public static IOpenApiParameter Of(string name)
    {
        var (description, example) = s_known[name];
        return new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = description,
            Example = example,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }
}
