namespace LocalHost.Functions;

/// <summary>One binding, as the list of functions describes it.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Type">What it binds, e.g. <c>blobTrigger</c>.</param>
/// <param name="Direction">In or out.</param>
/// <param name="Json">Everything that it says.</param>
internal sealed record FunctionBinding(string Name, string Type, string Direction, JsonElement Json)
{
    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    public bool IsOutput => Direction.Equals("out", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the worker opens what is bound itself, and only wants to know where it is.</summary>
    public bool IsDeferred => Json.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("supportsDeferredBinding", out var deferred) && "true".Equals(deferred.ToString(), StringComparison.OrdinalIgnoreCase);

    public bool IsBinary => Text("dataType") is { } type && (type.Equals("binary", StringComparison.OrdinalIgnoreCase) || type.Equals("stream", StringComparison.OrdinalIgnoreCase));

    public static FunctionBinding From(JsonElement json) => new(Text(json, "name") ?? "", Text(json, "type") ?? "", Text(json, "direction") ?? "in", json.Clone());

    /// <summary>A property as text; null if it is missing.</summary>
    public string? Text(string property) => Text(Json, property);

    /// <summary>A property that is true.</summary>
    public bool Flag(string property) => Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A property that lists texts; empty if it is missing.</summary>
    public string[] Texts(string property) =>
        Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.ToString())] : [];

    private static string? Text(JsonElement json, string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
