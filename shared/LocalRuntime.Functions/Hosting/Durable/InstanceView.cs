using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Hosting;

/// <summary>An instance as the management endpoints show it.</summary>
internal sealed class InstanceView(OrchestrationMetadata instance, bool showInput, JsonArray? history = null)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => instance.Name;

    public string InstanceId => instance.InstanceId;

    public string RuntimeStatus => instance.RuntimeStatus.ToString();

    public JsonNode? Input => showInput ? Parse(instance.SerializedInput) : null;

    public JsonNode? CustomStatus => Parse(instance.SerializedCustomStatus);

    public JsonNode? Output => Parse(instance.SerializedOutput) ?? (instance.FailureDetails is { } failure ? $"{failure.ErrorType}: {failure.ErrorMessage}" : null);

    public string CreatedTime => Time(instance.CreatedAt);

    public string LastUpdatedTime => Time(instance.LastUpdatedAt);

    /// <summary>Only where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonArray? HistoryEvents => history;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The value as JSON; a text that isn't JSON (a terminate reason, say) as a string.</summary>
    public static JsonNode? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return JsonValue.Create(json);
        }
    }
}
