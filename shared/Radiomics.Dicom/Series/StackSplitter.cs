using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Parts a series into stacks. Scanners put several images of the same place into one series: both echoes of a dual-echo scan, the four
/// Dixon images,
/// the phases of a dynamic scan.
/// </summary>
internal static class StackSplitter
{
    private const double SamePosition = 1e-2;
    private const double SameDirection = 0.9995;

    /// <summary>How far echo times may differ that are the same, ms.</summary>
    public const double SameEchoTime = 0.05;

    /// <summary>What tells images of one place apart, the strongest first. Times only part repeats that numbers leave together.</summary>
    private static readonly Func<SliceHeader, double?>[] _marks =
    [
        slice => slice.BValue,
        slice => slice.TriggerTime,
        slice => slice.TemporalPosition,
        slice => slice.AcquisitionNumber,
        slice => slice.AcquisitionTime,
        slice => slice.EchoTime,
        slice => slice.ImageType is ["DERIVED", ..] ? 1 : 0,
        slice => slice.ComplexComponent switch { null => 0, "PHASE" => 1, "REAL" => 2, _ => 3 },
    ];

    /// <summary>Stacks of one series, in file order of their first slices; the phases of one kind follow each other in time.</summary>
    public static IReadOnlyList<SliceStack> Split(IReadOnlyList<InstanceHeader> series)
    {
        var kinds = new List<List<SliceHeader>>();
        foreach (var slice in series.SelectMany(instance => instance.Slices))
        {
            if (kinds.Find(kind => IsAlike(kind[0], slice)) is { } kind)
            {
                kind.Add(slice);
            }
            else
            {
                kinds.Add([slice]);
            }
        }

        var isDiffusion = kinds.Exists(kind => kind.Exists(slice => slice.BValue > 0));
        return [.. kinds.SelectMany(kind => Stacks(kind, series[0], Echoes(kinds.Select(other => other[0]).Where(other => AreOneKind(other.ImageType, kind[0].ImageType))), isDiffusion))];
    }

    /// <summary>
    /// Stacks of all series, series by series. Echo times are counted over series that are otherwise alike, since scanners and archives also give each echo a
    /// series of its own.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<SliceStack>> SplitAll(IEnumerable<InstanceHeader> instances)
    {
        IReadOnlyList<SliceStack>[] split = [.. instances.GroupBy(instance => instance.SeriesUid).Select(group => Split([.. group]))];
        var trains = split.SelectMany(stacks => stacks).ToLookup(Train, stack => stack.First);
        return
        [
            .. split.Select(stacks => stacks.Select(stack => stack with
            {
                Echoes = Math.Max(stack.Echoes, Echoes(trains[Train(stack)].Where(other => IsAlike(stack.First, other with { EchoTime = stack.First.EchoTime })))),
            }).ToArray()),
        ];
    }

    /// <summary>What echoes of one acquisition share: in their series' names numbers may differ, as that of the echo or its time.</summary>
    private static (double? RepetitionTime, double? FlipAngle, string Name) Train(SliceStack stack) =>
        (stack.First.RepetitionTime, stack.First.FlipAngle, string.Concat((stack.Series.SeriesDescription ?? "").Where(letter => !char.IsAsciiDigit(letter) && letter is not ('.' or ',' or ' '))));

    private static IEnumerable<SliceStack> Stacks(List<SliceHeader> kind, InstanceHeader series, int echoes, bool isDiffusion)
    {
        var phases = SplitRepeats(kind).ToArray();
        return phases.Select((slices, phase) => new SliceStack(series, slices)
        {
            Phase = phase,
            Phases = phases.Length,
            Echoes = echoes,
            IsDiffusion = isDiffusion,
        });
    }

    private static int Echoes(IEnumerable<SliceHeader> slices) => slices.Select(slice => slice.EchoTime is { } time ? Math.Round(time, 1) : (double?)null).Distinct().Count();

    /// <summary>Whether two slices of the stack lie at the same place.</summary>
    public static bool Repeats(IReadOnlyList<SliceHeader> slices)
    {
        var normal = slices[0].DirectionX.Cross(slices[0].DirectionY);
        var offsets = slices.Select(slice => slice.Position.Dot(normal)).Order().ToArray();
        for (var i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] - offsets[i - 1] < SamePosition)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two ImageTypes say the same of what an image shows; their first two values say only how it came about.</summary>
    public static bool AreOneKind(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.Skip(2).SequenceEqual(b.Skip(2), StringComparer.Ordinal);

    private static bool IsAlike(SliceHeader a, SliceHeader b) =>
        a.Rows == b.Rows
        && a.Columns == b.Columns
        && Math.Abs(a.PixelSpacing.X - b.PixelSpacing.X) < 1e-3
        && Math.Abs(a.PixelSpacing.Y - b.PixelSpacing.Y) < 1e-3
        && IsParallel(a.DirectionX, b.DirectionX)
        && IsParallel(a.DirectionY, b.DirectionY)
        && (a.EchoTime is null) == (b.EchoTime is null)
        && Math.Abs((a.EchoTime ?? 0) - (b.EchoTime ?? 0)) < SameEchoTime
        && AreOneKind(a.ImageType, b.ImageType);

    private static bool IsParallel(Point3 a, Point3 b) => a.Dot(b) > SameDirection * a.Length * b.Length;

    /// <summary>Parts by the first mark that tells some of the repeats apart, and what repeats then by the next.</summary>
    private static IEnumerable<IReadOnlyList<SliceHeader>> SplitRepeats(IReadOnlyList<SliceHeader> slices)
    {
        var places = Places(slices);
        var most = places.Max(place => place.Count);
        if (most == 1)
        {
            return [slices];
        }

        foreach (var mark in _marks)
        {
            // More parts than images at one place are slices with a time each, not phases.
            var parts = slices.GroupBy(mark).OrderBy(part => part.Key).Select(part => part.ToArray()).ToArray();
            if (parts.Length > 1 && parts.Length <= most && parts.All(part => Places(part).Max(place => place.Count) < most))
            {
                return parts.SelectMany(SplitRepeats);
            }
        }

        return places.All(place => place.Count == most) ? InTurn(places, most) : [slices];
    }

    /// <summary>The n-th image of every place, where a mark orders the images of each; all in one part where none does.</summary>
    private static IEnumerable<IReadOnlyList<SliceHeader>> InTurn(IReadOnlyList<IReadOnlyList<SliceHeader>> places, int count)
    {
        foreach (var mark in _marks)
        {
            if (places.All(place => place.Select(mark).Distinct().Count() == count))
            {
                var ordered = places.Select(place => place.OrderBy(mark).ToArray()).ToArray();
                return Enumerable.Range(0, count).Select(turn => ordered.Select(place => place[turn]).ToArray());
            }
        }

        return [[.. places.SelectMany(place => place)]];
    }

    private static IReadOnlyList<IReadOnlyList<SliceHeader>> Places(IReadOnlyList<SliceHeader> slices)
    {
        var normal = slices[0].DirectionX.Cross(slices[0].DirectionY);
        var places = new List<List<SliceHeader>>();
        var last = double.NegativeInfinity;
        foreach (var (slice, offset) in slices.Select(slice => (slice, slice.Position.Dot(normal))).OrderBy(item => item.Item2))
        {
            // Of directions that are no unit vectors an offset may be no number.
            if (places.Count == 0 || offset - last >= SamePosition)
            {
                places.Add([]);
            }

            places[^1].Add(slice);
            last = offset;
        }

        return places;
    }
}
