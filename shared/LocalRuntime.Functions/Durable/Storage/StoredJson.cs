using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalRuntime.Functions.Durable;

/// <summary>How the hub's own blobs are written.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static BinaryData Write<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    public static T Read<T>(BinaryData data) => JsonSerializer.Deserialize<T>(data, Options)
        ?? throw new InvalidDataException($"A blob of the task hub holds no {typeof(T).Name}.");
}
