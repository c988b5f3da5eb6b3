using System.Text.Json;
using Azure.Messaging;
using Azure.Messaging.EventGrid;
using Azure.Messaging.EventGrid.SystemEvents;
using Radiomics.DicomWeb;
using Radiomics.Extraction;

namespace RadiomicsFunctions.DicomEvents;

/// <summary>What Event Grid has delivered in one request, in its own schema or as CloudEvents 1.0 (one or a batch).</summary>
/// <param name="ValidationCode">Code of the handshake of a new subscription in Event Grid's schema; null if it is none.</param>
/// <param name="Stored">Instances that came into a service.</param>
/// <param name="Malformed">Events of that kind which don't say what they must.</param>
internal sealed record EventDelivery(string? ValidationCode, IReadOnlyList<InstanceStored> Stored, int Malformed)
{
    /// <summary>Reads a body. Events of other kinds (images updated or deleted) are passed over.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidEvents</c>.</exception>
    public static EventDelivery Parse(BinaryData body)
    {
        try
        {
            var events = (IsCloudEvents(body) ? CloudEvents(body) : EventGridEvents(body)).ToList();
            var created = events.Where(e => e.Type == SystemEventNames.HealthcareDicomImageCreated).ToList();
            List<InstanceStored> stored = [.. created.Select(e => e.Data).OfType<HealthcareDicomImageCreatedEventData>().Where(IsComplete).Select(Describe)];
            var code = events.Select(e => e.Data).OfType<SubscriptionValidationEventData>().FirstOrDefault()?.ValidationCode;
            return new EventDelivery(code, stored, created.Count - stored.Count);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new RadiomicsException("InvalidEvents", "The body must be events as Event Grid delivers them: JSON in its own schema, or CloudEvents 1.0.", e);
        }
    }

    // Data that can't be read as what the type says is none.
    private static IEnumerable<(string Type, object? Data)> EventGridEvents(BinaryData body) =>
        EventGridEvent.ParseMany(body).Select(e => (e.EventType, e.TryGetSystemEventData(out var data) ? data : null));

    private static IEnumerable<(string Type, object? Data)> CloudEvents(BinaryData body) =>
        CloudEvent.ParseMany(body).Select(e => (e.Type, e.TryGetSystemEventData(out var data) ? data : null));

    // The schemas are told apart by what an event must have, not by media types, which senders don't agree about.
    private static bool IsCloudEvents(BinaryData body)
    {
        using var json = JsonDocument.Parse(body);
        JsonElement[] events = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : [json.RootElement];
        return events.All(e => e.ValueKind == JsonValueKind.Object)
            ? events.Any(e => e.TryGetProperty("specversion", out _))
            : throw new JsonException("An event is no object.");
    }

    private static InstanceStored Describe(HealthcareDicomImageCreatedEventData image) =>
        new(image.ServiceHostName, image.PartitionName, image.ImageStudyInstanceUid);

    private static bool IsComplete(HealthcareDicomImageCreatedEventData image) =>
        image.ServiceHostName is { Length: > 0 } && DicomUids.IsValid(image.ImageStudyInstanceUid);
}
