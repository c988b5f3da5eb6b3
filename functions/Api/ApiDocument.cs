using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Api;

/// <summary>The HTTP interface as OpenAPI 3.1, made of the functions' attributes, the types that they read and write, and the catalogue of errors.</summary>
public sealed class ApiDocument
{
    /// <summary>
    /// Version of the interface. The minor one grows when something is added; the major one when what callers rely on goes or changes, which a test against
    /// <c>functions/openapi.json</c> finds out.
    /// </summary>
    public const string Version = "1.0.0";

    private readonly OpenApiDocument _document;
    private readonly ApiSchemas _schemas;
    private readonly Lazy<Task<string>> _json;

    /// <summary>The document of this app.</summary>
    public ApiDocument()
    {
        _document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "Radiomics service",
                Version = Version,
                Description = "Predictions from liver MRI studies, and the models behind them. Not for clinical use: the models that ship are demonstration models. "
                    + "What is refused is a problem (RFC 9457) with a stable `code`: each operation has those that it answers with, and what to do. "
                    + "The codes in the `error` of what failed stand with the operation that answers with it; all of them are under `x-error-codes`, for programs.",
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            },
            Servers = [new OpenApiServer { Url = "/", Description = "The service that this document comes from." }],
            Paths = [],
            Tags = new HashSet<OpenApiTag>(),
        };
        _schemas = new ApiSchemas(_document);
        _json = new Lazy<Task<string>>(() => _document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
        Build();
    }

    /// <summary>The document as JSON.</summary>
    public Task<string> AsJsonAsync() => _json.Value;

    private void Build()
    {
        foreach (var (name, scheme) in ApiAccess.Schemes)
        {
            _document.AddComponent(name, scheme);
        }

        // What is received first: it says which properties may be left out.
        foreach (var accepted in ApiOperation.All.SelectMany(operation => operation.Accepts).Where(accepted => accepted.Type is not null))
        {
            _schemas.Received(accepted.Type!, accepted.Required);
        }

        foreach (var operation in ApiOperation.All)
        {
            Add(operation);
        }

        foreach (var (name, description) in ApiTags.All)
        {
            _document.Tags!.Add(new OpenApiTag { Name = name, Description = description });
        }

        _document.AddExtension("x-error-codes", new JsonNodeExtension(new JsonArray([.. ErrorCatalogue.All.Select(Describe)])));
    }

    private void Add(ApiOperation operation)
    {
        var item = _document.Paths.TryGetValue(operation.Path, out var known) ? (OpenApiPathItem)known : new OpenApiPathItem();
        _document.Paths[operation.Path] = item;
        var need = ApiAccess.NeedOf(operation);
        item.AddOperation(operation.Method, new OpenApiOperation
        {
            OperationId = operation.Id,
            Summary = operation.Description!.Summary,
            Description = string.Join(" ", new[] { operation.Remarks, need is null ? null : $"Needs {need}." }.OfType<string>()) + ErrorsOf(operation),
            Tags = new HashSet<OpenApiTagReference> { new(operation.Description.Tag, _document) },
            Parameters = [.. operation.RouteParameters.Select(ApiParameters.Of), .. operation.Parameters.Select(Describe)],
            RequestBody = operation.Accepts.Count == 0 ? null : new OpenApiRequestBody
            {
                Required = true,
                Content = operation.Accepts.ToDictionary(accepted => accepted.MediaType, IOpenApiMediaType (accepted) => Describe(accepted)),
            },
            Responses = ResponsesOf(operation),
            Security = [.. ApiAccess.SetsOf(operation).Select(Requirement)],
        });
    }

    private static OpenApiParameter Describe(ParameterAttribute parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.Place,
        Description = parameter.Description,
        Required = parameter.Required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = parameter.Values is [] ? null : [.. parameter.Values.Select(value => (JsonNode)value)] },
    };

    private OpenApiMediaType Describe(AcceptsAttribute accepted) => new()
    {
        Schema = accepted.Type is { } type ? _schemas.Received(type, accepted.Required) : Raw(accepted.MediaType),
        Example = accepted.Example is not { } example ? null : accepted.Type is null ? JsonValue.Create(example) : JsonNode.Parse(example),
    };

    private OpenApiResponses ResponsesOf(ApiOperation operation)
    {
        var responses = new OpenApiResponses();
        foreach (var returned in operation.Returns.OrderBy(returned => returned.Status))
        {
            responses[$"{returned.Status}"] = Describe(returned);
        }

        var problems = operation.Problems.Select(code => ErrorCatalogue.TryGet(code) ?? throw new InvalidOperationException($"The catalogue has no {code}."));
        foreach (var status in problems.GroupBy(entry => ErrorCatalogue.StatusOf(entry.Code)).OrderBy(status => status.Key))
        {
            responses[$"{status.Key}"] = Describe(operation, status.Key, [.. status]);
        }

        if (!operation.IsAnonymous)
        {
            const string OfTheHost = "Without a body: the host asks for the function's key (`x-functions-key`), and it is missing or wrong.";
            responses["401"] = responses.TryGetValue("401", out var known)
                ? new OpenApiResponse { Description = $"{known.Description}\n\n{OfTheHost}", Content = ((OpenApiResponse)known).Content }
                : new OpenApiResponse { Description = OfTheHost };
        }

        return responses;
    }

    private OpenApiResponse Describe(ReturnsAttribute returned)
    {
        Dictionary<string, IOpenApiMediaType> content = returned.MediaTypes.ToDictionary(type => type, IOpenApiMediaType (type) => new OpenApiMediaType { Schema = Raw(type) });
        if (returned.Type is { } type)
        {
            content["application/json"] = new OpenApiMediaType { Schema = _schemas.Sent(type, returned.Stored), Example = ApiExamples.TryGet(type) };
        }

        return new OpenApiResponse
        {
            Description = returned.Description,
            Content = content.Count > 0 ? content : null,
            Headers = returned.Headers is [] ? null : returned.Headers.Select(header => header.Split(": ", 2)).ToDictionary(
                header => header[0],
                IOpenApiHeader (header) => new OpenApiHeader { Description = header[1], Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
        };
    }

    private OpenApiResponse Describe(ApiOperation operation, int status, ErrorEntry[] entries) => new()
    {
        Description = string.Join("\n\n", entries.Select(entry => $"`{entry.Code}`: {entry.Advice}")),
        Headers = status != StatusCodes.Status429TooManyRequests ? null : new Dictionary<string, IOpenApiHeader>
        {
            ["Retry-After"] = new OpenApiHeader { Description = "Seconds after which to send it again.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
        },
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [ApiProblem.MediaType] = new OpenApiMediaType
            {
                Schema = _schemas.Sent(typeof(ApiProblem)),
                Examples = entries.ToDictionary(entry => entry.Code, IOpenApiExample (entry) => new OpenApiExample
                {
                    Value = JsonSerializer.SerializeToNode(ApiProblem.Of(entry.Code, status, entry.Advice, operation.Path), RadiomicsJson.Options),
                }),
            },
        },
    };

    private OpenApiSecurityRequirement Requirement(IReadOnlyList<string> together)
    {
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in together)
        {
            requirement[new OpenApiSecuritySchemeReference(scheme, _document)] = [];
        }

        return requirement;
    }

    private static OpenApiSchema? Raw(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal) ? new OpenApiSchema { Type = JsonSchemaType.String } : null;

    private static string ErrorsOf(ApiOperation operation) =>
        operation.Errors is { } area ? $"\n\nCodes in the `error` of what failed, beside what operations are refused with:\n\n{ErrorTables.Of(area)}" : "";

    private static JsonNode Describe(ErrorEntry entry)
    {
        var node = new JsonObject { ["code"] = entry.Code, ["area"] = JsonSerializer.SerializeToNode(entry.Area, RadiomicsJson.Options), ["fault"] = entry.IsFault, ["advice"] = entry.Advice };
        if (entry.Status is { } status)
        {
            node["status"] = status;
        }

        return node;
    }
}
