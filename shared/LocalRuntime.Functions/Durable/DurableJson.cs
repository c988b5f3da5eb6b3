using System.Text.Json;

namespace LocalRuntime.Functions.Durable;

/// <summary>JSON as the isolated worker's default serializer reads and writes it: names as declared, read without regard to case.</summary>
internal static class DurableJson
{
    public static JsonSerializerOptions WorkerDefault { get; } = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The JSON of a value; null for null.</summary>
    public static string? Write(object? value, JsonSerializerOptions options) =>
        value is null ? null : JsonSerializer.Serialize(value, value.GetType(), options);

    /// <summary>The value in JSON; default where there is none.</summary>
    public static T? Read<T>(string? json, JsonSerializerOptions options) =>
        json is null ? default : JsonSerializer.Deserialize<T>(json, options);
}
