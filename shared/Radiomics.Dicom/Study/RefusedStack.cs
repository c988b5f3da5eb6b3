using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A stack that was to be a sequence, and why it can't be.</summary>
internal sealed record RefusedStack(SliceStack Stack, RadiomicsException Reason)
{
    /// <summary>What the sender is told of the stack that was taken in its place.</summary>
    public string Replaced(NamedStack by) =>
        $"{by.Name}: {SeriesNumbers.Of([by.Stack.Series])} was taken, since {SeriesNumbers.Of([Stack.Series])} can't be used ({Reason.Code}). {Reason.Detail}";
}
