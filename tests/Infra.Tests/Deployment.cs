using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>What a deployment asks Azure Resource Manager for.</summary>
public sealed class Deployment(JsonObject predicted)
{
    /// <summary>Every resource, those of modules included.</summary>
    public IReadOnlyList<Resource> Resources { get; } = [.. predicted["predictedResources"]!.AsArray().Select(r => new Resource(r!.AsObject()))];

    /// <summary>The outputs by name.</summary>
    public JsonObject Outputs { get; } = predicted["outputs"]!.AsObject();

    /// <summary>The account of hospitals' data.</summary>
    public Resource DataStorage => Resources.Single(r => r.Type == "Microsoft.Storage/storageAccounts" && r.Name.Contains("data", StringComparison.Ordinal));

    /// <summary>The account of the host.</summary>
    public Resource HostStorage => Resources.Single(r => r.Type == "Microsoft.Storage/storageAccounts" && r.Name.Contains("host", StringComparison.Ordinal));

    /// <summary>The function app.</summary>
    public Resource App => Resources.Single(r => r.Type == "Microsoft.Web/sites");

    /// <summary>Its settings by name.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        App.Properties["siteConfig"]!["appSettings"]!.AsArray().ToDictionary(s => (string)s!["name"]!, s => (string)s!["value"]!, StringComparer.Ordinal);

    /// <summary>All of a type.</summary>
    public IEnumerable<Resource> Of(string type) => Resources.Where(r => r.Type == type);

    /// <summary>The one of a type whose name ends so.</summary>
    public Resource Named(string type, string ending) => Of(type).Single(r => r.Name.EndsWith(ending, StringComparison.Ordinal));
}

/// <summary>One resource.</summary>
public sealed class Resource(JsonObject json)
{
    public string Type { get; } = (string)json["type"]!;

    /// <summary>With its parents' names before it.</summary>
    public string Name { get; } = (string)json["name"]!;

    public string Id { get; } = (string)json["id"]!;

    public string ApiVersion { get; } = (string)json["apiVersion"]!;

    public JsonObject Json => json;

    public JsonNode Properties => json["properties"]!;

    /// <summary>What an extension, such as a role assignment, is about: type and name.</summary>
    public string Target
    {
        get
        {
            var parts = Id[..Id.LastIndexOf("/providers/", StringComparison.Ordinal)].Split("/providers/")[^1].Split('/');
            return $"{parts[0]}/{string.Join('/', parts.Skip(1).Where((_, i) => i % 2 == 0))} {string.Join('/', parts.Skip(1).Where((_, i) => i % 2 == 1))}";
        }
    }

    public override string ToString() => $"{Type} {Name}";
}
