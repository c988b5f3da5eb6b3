using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Functions.Tests.Api;

/// <summary>An OpenAPI document as what a caller may rely on: finds a request's operation, and says what of an answer the document doesn't say.</summary>
internal sealed partial class ApiContract
{
    private readonly JsonNode _document;
    private readonly string _schemas;
    private readonly IReadOnlyList<(Regex Path, string Method, JsonNode Operation)> _operations;

    public ApiContract(string json)
    {
        _document = JsonNode.Parse(json)!;
        _schemas = Local(_document["components"]!["schemas"]!);
        _operations =
        [
            .. from path in _document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select (new Regex($"^{RouteParameter().Replace(Regex.Escape(path.Key).Replace("\\{", "{"), "[^/]+")}/?$"), operation.Key, operation.Value),
        ];
    }

    public JsonNode Document => _document;

    /// <summary>Every operation with its method and path.</summary>
    public IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        from path in _document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value);

    /// <summary>What the document doesn't say of an answer; empty if all is as it says.</summary>
    public async Task<string?> FaultOfAsync(HttpResponseMessage response)
    {
        var request = response.RequestMessage!;
        var operation = _operations.FirstOrDefault(known => known.Method == request.Method.Method.ToLowerInvariant() && known.Path.IsMatch(request.RequestUri!.AbsolutePath)).Operation;
        if (operation is null)
        {
            return "there is no such operation";
        }

        var status = $"{(int)response.StatusCode}";
        if (operation["responses"]![status] is not { } said)
        {
            return $"{status} is none of its answers";
        }

        await response.Content.LoadIntoBufferAsync();
        if (response.Content.Headers.ContentLength is 0)
        {
            return null;
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        if (said["content"]?[mediaType] is not { } content)
        {
            return $"{status} has no body of type '{mediaType}'";
        }

        if (!mediaType.EndsWith("json", StringComparison.Ordinal))
        {
            return null;
        }

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        if (content["schema"] is { } schema && Misfit(schema, body) is { } misfit)
        {
            return misfit;
        }

        var code = (string?)body?["code"] ?? "";
        return mediaType == "application/problem+json" && content["examples"]?[code] is null ? $"{status} doesn't come with the code {code}" : null;
    }

    /// <summary>Why a value doesn't fit a schema of the document; null if it does.</summary>
    public string? Misfit(JsonNode schema, JsonNode? value)
    {
        var whole = JsonSchema.FromText($$"""{"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [{{Local(schema)}}], "$defs": {{_schemas}}}""");
        var result = whole.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? null
            : string.Join("; ", (result.Details ?? []).SelectMany(detail => (detail.Errors ?? new Dictionary<string, string>()).Select(error => $"{detail.InstanceLocation}: {error.Value}")));
    }

    private static string Local(JsonNode schema) => schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex RouteParameter();
}

/// <summary>Fails every call that is answered as the app's OpenAPI document doesn't say: so the whole of these tests is one of the document.</summary>
internal sealed class ContractHandler(ApiContract contract) : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) && !request.RequestUri.AbsolutePath.StartsWith("/api/docs", StringComparison.Ordinal))
        {
            Assert.True(await contract.FaultOfAsync(response) is not { } fault, $"{request.Method} {request.RequestUri.AbsolutePath}: {await contract.FaultOfAsync(response)}");
        }

        return response;
    }
}
