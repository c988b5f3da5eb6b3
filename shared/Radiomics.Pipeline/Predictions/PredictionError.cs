using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>Why there is no prediction.</summary>
/// <param name="Code">Stable code, e.g. <c>StudyHasNoRoi</c>.</param>
/// <param name="Detail">A sentence that the sender can act on; no patient identity.</param>
public sealed record PredictionError(string Code, string Detail)
{
    /// <summary>Code of a fault of the service itself: nothing is wrong with the upload, sending it again starts over.</summary>
    public const string InternalFault = "InternalFault";

    /// <summary>Code of a model that the profile or the engine has outgrown: for the operator to put right, sending the upload again then starts over.</summary>
    public const string ModelDoesNotFitProfile = "ModelDoesNotFitProfile";

    /// <summary>Whether the service is to blame, not the upload: it isn't quarantined, and the record gives way to that of a later run.</summary>
    [JsonIgnore]
    public bool IsFault => ErrorCatalogue.IsFault(Code);

    /// <summary>A fault of the service.</summary>
    public static PredictionError Fault { get; } = new(
        InternalFault,
        "The service could not finish this prediction although it tried several times; nothing is wrong with the upload. Send it again later, or tell the operator the prediction id.");
}
