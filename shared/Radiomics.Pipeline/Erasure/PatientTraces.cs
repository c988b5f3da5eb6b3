using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>All that the storage account holds of a patient of a center; names nobody.</summary>
public sealed record PatientTraces
{
    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>The patient's pseudonym (<see cref="Dicom.UidKey.MapPatient"/>).</summary>
    public required string Patient { get; init; }

    /// <summary>Mapped StudyInstanceUIDs.</summary>
    public required IReadOnlyList<string> Studies { get; init; }

    /// <summary>Ids of uploads that hold an object of the patient.</summary>
    public required IReadOnlyList<string> Uploads { get; init; }

    /// <summary>Ids of predictions, failed ones among them.</summary>
    public required IReadOnlyList<string> Predictions { get; init; }

    /// <summary>Blobs of cohorts of the center with a row of the patient.</summary>
    public required IReadOnlyList<string> Cohorts { get; init; }

    /// <summary>Retrainings, of any center, that took the patient's studies.</summary>
    public required IReadOnlyList<TracedRetraining> Retrainings { get; init; }

    /// <summary>Models, of any center, that were trained or tested with the patient's studies. They stay: whether one may go on being used, somebody decides.</summary>
    public required IReadOnlyList<TracedModel> Models { get; init; }

    /// <summary>Uploads of the center that can't be read far enough to say whose they are: somebody must look.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>
    /// Studies of the center of which there are features or predictions, and nothing says any more whose they are: they came in before that was noted at ingest, and volumes and uploads
    /// have expired. If one may be the patient's, somebody must name it by its original UID.
    /// </summary>
    public required IReadOnlyList<string> UntoldStudies { get; init; }

    /// <summary>Receipts of the center of which nothing says whose upload it was, for the same reason, or because it could never be read.</summary>
    public required IReadOnlyList<string> UntoldUploads { get; init; }

    /// <summary>Fingerprints of other UID keys under which studies of the center came in that aren't known to be this patient's: under each, the patient has another pseudonym.</summary>
    public required IReadOnlyList<string> OtherKeys { get; init; }

    /// <summary>How many blobs there are, by container.</summary>
    public IReadOnlyDictionary<string, int> Blobs => new SortedDictionary<string, int>(
        Found.CountBy(blob => blob.Container, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Whether there is anything to delete.</summary>
    [JsonIgnore]
    public bool Any => Found.Count > 0 || Cohorts.Count > 0 || Retrainings.Count > 0;

    /// <summary>The patient's pseudonyms: <see cref="Patient"/>, and those under earlier keys that uploads of the patient led to.</summary>
    [JsonIgnore]
    internal IReadOnlySet<string> Pseudonyms { get; init; } = new HashSet<string>();

    /// <summary>Names in <c>incoming</c> that the hospital gave the patient's uploads; a folder's with its closing slash.</summary>
    [JsonIgnore]
    internal IReadOnlySet<string> Names { get; init; } = new HashSet<string>();

    /// <summary>What is deleted, in this order: what others are found by goes last.</summary>
    [JsonIgnore]
    internal IReadOnlyList<(string Container, FoundBlob Blob)> Found { get; init; } = [];

    /// <summary>Instances whose histories name the patient's studies.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Instances { get; init; } = [];
}

/// <summary>A retraining that took a patient's studies.</summary>
/// <param name="Center">Center whose models it trained.</param>
/// <param name="Id">Retraining id.</param>
public sealed record TracedRetraining(string Center, string Id);

/// <summary>A model that learned from a patient's studies, or was tested on them.</summary>
/// <param name="Center">Center.</param>
/// <param name="FieldStrength">Field strength.</param>
/// <param name="Version">Version.</param>
/// <param name="Trained">Whether it was trained with them; else they were held out.</param>
/// <param name="Current">Whether predictions use it now.</param>
public sealed record TracedModel(string Center, string FieldStrength, string Version, bool Trained, bool Current);
