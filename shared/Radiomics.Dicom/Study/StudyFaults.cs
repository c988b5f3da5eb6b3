using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>What is wrong with the images of a study, asked where something needs them.</summary>
internal sealed class StudyFaults(IEnumerable<InstanceHeader> instances)
{
    private readonly InstanceHeader[] _images = [.. instances.Where(SopClasses.IsWanted)];

    /// <summary>
    /// Refuses a stack that has faulty slices, or slices of two scales, or whose series has damaged images without a place or without an echo time that can be read,
    /// which may be slices of it.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// <c>PixelDataTruncated</c>, <c>UnsupportedPixelFormat</c>, <c>AttributeUnreadable</c>, <c>DuplicateInstances</c>.
    /// </exception>
    public void Ensure(NamedStack named)
    {
        var slices = named.Stack.Slices;
        if (slices.FirstOrDefault(slice => slice.Fault is not null)?.Fault is { } fault)
        {
            throw fault.Refusal(named.Name, slices.Count(slice => slice.Fault == fault), slices.Count);
        }

        EnsureOneScale(named, slices, slice => slice.LacksSlope, slice => slice.RescaleSlope != 1, ObjectFault.Missing("RescaleSlope", "1"));
        EnsureOneScale(named, slices, slice => slice.LacksIntercept, slice => slice.RescaleIntercept != 0, ObjectFault.Missing("RescaleIntercept", "0"));

        var series = _images.Where(image => image.SeriesUid == named.Stack.Series.SeriesUid).ToArray();
        var placeless = series.Where(image => image.Slices.Count == 0).ToArray();
        if (FaultOf(placeless) is var (placelessFault, count))
        {
            throw placelessFault.Refusal(named.Name, count, slices.Count + placeless.Length);
        }

        var frames = series.SelectMany(image => image.Placeless).Where(frame => frame.MayBeOf(named.Stack.First)).ToArray();
        if (frames.FirstOrDefault(frame => frame.Fault is not null)?.Fault is { } frameFault)
        {
            throw frameFault.Refusal(named.Name, frames.Count(frame => frame.Fault == frameFault), slices.Count + frames.Length);
        }

        EnsureEchoTimes(named, [.. series.Where(image => image.Slices is [var slice, ..] && StackSplitter.AreOneKind(slice.ImageType, named.Stack.First.ImageType))]);
    }

    /// <summary>The refusal if images without a place, or without the numbers that tell sequences apart, may be why one is missing; null if there are none.</summary>
    public RadiomicsException? Instead()
    {
        var unused = _images.Where(image => image.Slices.Count == 0 || image.Unreadable.Count > 0).ToArray();
        return FaultOf(unused) is var (fault, count) ? fault.Refusal("the study", count, _images.Length) : null;
    }

    /// <summary>The refusal of a study in which an attribute is there but can't be read; null if it can wherever it is.</summary>
    public RadiomicsException? Unreadable(string keyword) =>
        _images.Count(image => image.Unreadable.Contains(keyword)) is > 0 and var count
            ? ObjectFault.Unreadable(keyword).Refusal("the study", count, _images.Length)
            : null;

    /// <summary>What is absent everywhere stands for itself; absent in some images it would give one volume two scales.</summary>
    private static void EnsureOneScale(
        NamedStack named, IReadOnlyList<SliceHeader> slices, Func<SliceHeader, bool> isAbsent, Func<SliceHeader, bool> isScaled, ObjectFault fault)
    {
        if (slices.Count(isAbsent) is > 0 and var absent && slices.Any(isScaled))
        {
            throw fault.Refusal(named.Name, absent, slices.Count);
        }
    }

    /// <summary>An echo time that can't be read sets an image apart from those of its kind, unless none of them has one.</summary>
    private static void EnsureEchoTimes(NamedStack named, InstanceHeader[] kind)
    {
        const string keyword = "EchoTime";
        var unreadable = kind.Count(image => image.Slices[0].EchoTime is null && image.Unreadable.Contains(keyword));
        if (unreadable > 0 && kind.Any(image => image.Slices[0].EchoTime is not null))
        {
            throw ObjectFault.Unreadable(keyword).Refusal(named.Name, unreadable, kind.Length);
        }
    }

    private static (ObjectFault Fault, int Count)? FaultOf(InstanceHeader[] images)
    {
        var faults = images.Select(image => image.Fault ?? (image.Unreadable is [var keyword, ..] ? ObjectFault.Unreadable(keyword) : null)).OfType<ObjectFault>().ToArray();
        return faults.Length > 0 ? (faults[0], faults.Count(fault => fault == faults[0])) : null;
    }
}
