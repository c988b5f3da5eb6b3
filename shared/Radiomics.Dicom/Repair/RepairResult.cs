namespace Radiomics.Dicom;

/// <summary>What was changed about an upload.</summary>
/// <param name="Kept">Files that are as they were.</param>
/// <param name="Changed">Files in which an attribute was written.</param>
/// <param name="Added">Files that were added.</param>
/// <param name="LeftOut">Files that were left out, by the reason: <c>Series</c>, <c>Region</c>, <c>NotDicom</c>, or the code of what is wrong with them.</param>
public sealed record RepairResult(int Kept, int Changed, int Added, IReadOnlyDictionary<string, int> LeftOut);
