namespace Radiomics.Dicom;

/// <summary>A frame of a multi-frame object that has no place, beside others that have one.</summary>
/// <param name="ImageType">FrameType, or the object's ImageType.</param>
/// <param name="EchoTime">EffectiveEchoTime, ms; null if unknown.</param>
/// <param name="Fault">The attribute that is there but can't be read; null if none is.</param>
internal sealed record PlacelessFrame(IReadOnlyList<string> ImageType, double? EchoTime, ObjectFault? Fault)
{
    /// <summary>Whether it may belong to a stack, by what its image shows.</summary>
    public bool MayBeOf(SliceHeader slice) =>
        StackSplitter.AreOneKind(ImageType, slice.ImageType) && (EchoTime is not { } own || slice.EchoTime is not { } other || Math.Abs(own - other) < StackSplitter.SameEchoTime);
}
