namespace Radiomics.Dicom;

/// <summary>A stack and the sequence it was recognised as.</summary>
internal sealed record NamedStack(string Name, SliceStack Stack);
