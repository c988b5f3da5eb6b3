using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>Which upload a name (<c>uploads/by-name/{digest}.json</c>) or some content (<c>uploads/by-content/{digest}.json</c>) stands for; names nobody.</summary>
/// <param name="UploadId">The upload.</param>
/// <param name="SameAs">Of a name: the upload in whose place this one isn't predicted, since it is the same bytes and came first, as a request's body; null if it is its own.</param>
/// <param name="Center">Of content: the center that it came for.</param>
internal sealed record UploadPointer(
    string UploadId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SameAs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Center = null)
{
    /// <summary>The upload whose prediction is that of what lies there.</summary>
    [JsonIgnore]
    public string Predicted => SameAs ?? UploadId;
}
