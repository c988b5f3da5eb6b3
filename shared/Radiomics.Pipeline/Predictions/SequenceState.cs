using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>How far the extraction of one sequence is. Written by name in every JSON dialect, so that custom statuses read the same everywhere.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SequenceState>))]
public enum SequenceState
{
    /// <summary>Found, not begun.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Being extracted.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Features are stored.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>No features can be had from it.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
