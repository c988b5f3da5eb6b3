using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Something that an audit event names as kept.</summary>
/// <param name="Kind">What it is: <c>study</c>, <c>prediction</c> or <c>upload</c>.</param>
/// <param name="Id">Mapped StudyInstanceUID, prediction id or upload id.</param>
public sealed record HeldThing(string Kind, string Id)
{
    /// <summary>What can be held.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["study", "prediction", "upload"];

    /// <summary>The thing that an id names; ids of different kinds differ in form.</summary>
    /// <exception cref="RadiomicsException"><c>HeldThingUnknown</c>: an id of none of these.</exception>
    public static HeldThing Parse(string id) => id switch
    {
        _ when PredictionId.IsValid(id) => new("prediction", id),
        _ when UploadId.IsValid(id) => new("upload", id),
        _ when id.StartsWith("2.25.", StringComparison.Ordinal) && id.Length <= 64 && id.All(c => char.IsAsciiDigit(c) || c == '.') => new("study", id),
        _ => throw new RadiomicsException("HeldThingUnknown", "Name a study by its mapped UID (2.25.…), a prediction (p-…) or an upload (32 hex digits), as records and audit trail have them."),
    };
}

/// <summary>A hold: nothing of the thing is deleted until it is released.</summary>
/// <param name="Thing">What is kept.</param>
/// <param name="Since">When the hold was placed, UTC.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reason">Why.</param>
public sealed record Hold(HeldThing Thing, DateTime Since, string DecidedBy, string Reason);
