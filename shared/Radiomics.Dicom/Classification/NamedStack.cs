namespace Radiomics.Dicom;

/// <summary>A stack and the sequence it was recognised as.</summary>
internal sealed record NamedStack(string Name, SliceStack Stack)
{
    /// <summary>The stacks to be taken in its place if it proves unusable, the first that can be.</summary>
    public IReadOnlyList<NamedStack> Next { get; init; } = [];
}
