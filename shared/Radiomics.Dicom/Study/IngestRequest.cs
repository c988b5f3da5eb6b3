namespace Radiomics.Dicom;

/// <summary>What the caller will do with a study, as far as it decides what must be in it.</summary>
public sealed record IngestRequest
{
    /// <summary>The center, whose patients are told apart from those of others.</summary>
    public string Center { get; init; } = "";

    /// <summary>Sequences without which the study is of no use: each one missing is <c>SequenceMissing</c>.</summary>
    public IReadOnlyCollection<string> RequiredSequences { get; init; } = [];

    /// <summary>Told the voxels of the largest series before any volume is made: returns once there is memory for it. Null where nobody else is at work.</summary>
    public Action<long>? Admit { get; init; }

    /// <summary>
    /// Field strength → the sequence its model reads, e.g. <c>3.0T → T1_F</c>. Empty where no model is to be chosen. If not empty, an
    /// unknown
    /// field strength is <c>FieldStrengthUnknown</c>, and one that isn't listed <c>NoModelForFieldStrength</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> RequiredSequenceByFieldStrength { get; init; } = new Dictionary<string, string>();
}
