using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;

namespace Functions.Tests.Api;

/// <summary>The OpenAPI document against the code that it is made of, the specification, and the committed copy.</summary>
public sealed class ApiDocumentTests : IAsyncLifetime
{
    private static readonly string s_copy = Path.Combine(TestData.RepositoryRoot, "functions", "openapi.json");

    private string _json = "";
    private ApiContract _contract = new("""{"paths": {}, "components": {"schemas": {}}}""");

    public async ValueTask InitializeAsync()
    {
        _json = await new ApiDocument().AsJsonAsync();
        _contract = new ApiContract(_json);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void It_is_OpenAPI_3_1_without_errors_or_warnings()
    {
        var read = OpenApiDocument.Parse(_json, "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal("3.1", ((string)_contract.Document["openapi"]!)[..3]);
    }

    [Fact]
    public void Every_http_function_is_described_or_hidden()
    {
        var functions = typeof(ApiDocument).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute))) && !method.IsDefined(typeof(HiddenAttribute)))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

        Assert.Equal(functions.Order(StringComparer.Ordinal), ApiOperation.All.Select(operation => operation.Function).Distinct().Order(StringComparer.Ordinal));
        Assert.All(ApiOperation.All, operation => Assert.True(operation is { Description: not null, Remarks.Length: > 0, Returns.Count: > 0 }, operation.Function));
        Assert.Equal(ApiOperation.All.Count, _contract.Operations.Select(operation => (string)operation.Operation["operationId"]!).Distinct().Count());
    }

    [Fact]
    public void Every_code_that_calls_are_answered_with_belongs_to_an_operation()
    {
        var answered = ErrorCatalogue.All.Where(entry => entry.Status is not null && entry.Area != ErrorArea.Console).Select(entry => entry.Code);
        Assert.Equal(answered.Order(StringComparer.Ordinal), ApiOperation.All.SelectMany(operation => operation.Problems).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_problem_has_its_status_an_example_and_what_to_do() => Assert.All(ApiOperation.All, operation =>
    {
        var responses = _contract.Document["paths"]![operation.Path]![operation.Method.Method.ToLowerInvariant()]!["responses"]!;
        Assert.All(operation.Problems, code =>
        {
            var answer = responses[$"{ErrorCatalogue.StatusOf(code)}"]!;
            Assert.Contains($"`{code}`: {ErrorCatalogue.TryGet(code)!.Advice}", (string)answer["description"]!);
            Assert.Equal(code, (string?)answer["content"]!["application/problem+json"]!["examples"]![code]!["value"]!["code"]);
        });
    });

    [Fact]
    public void Every_json_body_has_an_example_and_every_example_fits_its_schema()
    {
        var bodies = _contract.Operations.SelectMany(operation => new[] { operation.Operation["requestBody"] }.Concat(operation.Operation["responses"]!.AsObject().Select(response => response.Value))
            .SelectMany(body => body?["content"]?.AsObject() ?? [])
            .Where(content => content.Value!["schema"]?["$ref"] is not null)
            .Select(content => (Operation: (string)operation.Operation["operationId"]!, Schema: content.Value!["schema"]!, Examples: ExamplesOf(content.Value)))).ToArray();

        Assert.All(bodies.SelectMany(body => body.Examples.Select(example => (body, example))), pair => Assert.Null(_contract.Misfit(pair.body.Schema, pair.example)));

        // A card is pages long, and the others say all by their schema.
        string[] without = ["Health", "Life", "ModelCard", "Validation"];
        Assert.Equal(without.Order(), bodies.Where(body => body.Examples.Length == 0).Select(body => ((string)body.Schema["$ref"]!).Split('/')[^1]).Distinct().Order());

        static JsonNode?[] ExamplesOf(JsonNode content) => [.. content["example"] is { } one ? [one] : Array.Empty<JsonNode>(), .. content["examples"]?.AsObject().Select(example => example.Value!["value"]) ?? []];
    }

    [Fact]
    public void Every_schema_and_its_properties_are_described()
    {
        var schemas = _contract.Document["components"]!["schemas"]!.AsObject();
        var undescribed = schemas.Where(schema => schema.Value!["description"] is null).Select(schema => schema.Key)
            .Concat(schemas.SelectMany(schema => (schema.Value!["properties"]?.AsObject() ?? []).Where(property => property.Value!["description"] is null).Select(property => $"{schema.Key}.{property.Key}")));
        Assert.Equal([], undescribed);
    }

    [Fact]
    public void Every_operation_is_about_something_that_readers_are_told_of() => Assert.Equal(
        ApiTags.All.Select(tag => tag.Name).Order(StringComparer.Ordinal), ApiOperation.All.Select(operation => operation.Description!.Tag).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void What_may_be_left_out_of_an_order_has_its_default() => Assert.Equal(
        0.3, (double)_contract.Document["components"]!["schemas"]!["ProtocolSettings"]!["properties"]!["testShare"]!["default"]!);

    [Fact]
    public void An_operation_asks_for_a_key_unless_the_host_lets_anybody_call_it() => Assert.All(ApiOperation.All, operation =>
    {
        var sets = SecurityOf(operation);
        Assert.Equal(operation.IsAnonymous, sets.Length == 0);
        Assert.All(sets, set => Assert.Contains("functionKey", set));
    });

    [Fact]
    public void An_operation_that_needs_a_right_takes_a_token_or_an_API_key_and_says_how_it_refuses() => Assert.All(ApiOperation.All, operation =>
    {
        var needsRight = RouteRules.Of(operation.Function).Right is not null;
        var sets = SecurityOf(operation);
        Assert.Equal(needsRight, sets.Any(set => set.Contains("token")) && sets.Any(set => set.Contains("apiKey")));
        Assert.Equal(needsRight, operation.Problems.Contains("UnknownCenter"));
        Assert.Equal(sets.Length > 0, operation.Problems.Contains("CredentialsMissing") && operation.Problems.Contains("CredentialsInvalid") && operation.Problems.Contains("RightMissing"));
    });

    /// <summary>
    /// <c>RADIOMICS_WRITE_DOCS=1</c> writes the copy, unless that would break what callers rely on without a new major version (<see cref="ApiDocument.Version"/>).
    /// </summary>
    [Fact]
    public void The_committed_copy_is_the_document_and_nothing_that_callers_rely_on_has_gone()
    {
        var copy = JsonNode.Parse(File.ReadAllText(s_copy))!;
        if (MajorOf(_contract.Document) == MajorOf(copy))
        {
            Assert.Equal([], BreakingChanges.Between(copy, _contract.Document));
        }

        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(s_copy, _json + "\n");
        }

        Assert.Equal(_json + "\n", File.ReadAllText(s_copy), ignoreLineEndingDifferences: true);

        static string MajorOf(JsonNode document) => ((string)document["info"]!["version"]!).Split('.')[0];
    }

    private string[][] SecurityOf(ApiOperation operation) =>
        [.. (_contract.Document["paths"]![operation.Path]![operation.Method.Method.ToLowerInvariant()]!["security"]?.AsArray() ?? []).Select(set => set!.AsObject().Select(scheme => scheme.Key).ToArray())];
}
