namespace Radiomics.Pipeline;

/// <summary>What is stored to be looked at of one sequence; files are named as a viewer asks for them.</summary>
/// <param name="Sequence">Sequence name.</param>
/// <param name="Volume">The NIfTI volume.</param>
/// <param name="Roi">The NIfTI ROI, on the volume's grid.</param>
/// <param name="Maps">Maps beside the volume (filter responses, iron), in ordinal order of their names; most studies have none.</param>
public sealed record StudyImageSet(string Sequence, string Volume, string Roi, IReadOnlyList<StudyMap> Maps);

/// <summary>A map of values on a sequence's volume, to be laid over it.</summary>
/// <param name="Name">What it is a map of, as its file says: <c>lic</c>, <c>log-3mm</c>.</param>
/// <param name="File">The NIfTI file.</param>
public sealed record StudyMap(string Name, string File);
