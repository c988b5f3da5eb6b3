using System.Globalization;
using System.Text;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Tells copies of an object from other objects. Archives write the same object with other file meta information, in another VR encoding,
/// with demographics corrected, without private elements, de-identified, or under new UIDs; what counts is what was measured or drawn. An absent fact
/// contradicts nothing. Reads files again, so it is asked only on suspicion.
/// </summary>
internal sealed class InstanceCopies(EntryReader reader)
{
    /// <summary>Voxels of compressed objects that are compared as what they unpack to, in memory; larger ones are compared as they are.</summary>
    private const int MostUncompressed = 1 << 24;

    /// <summary>Below group 0028, what places a region; the rest there says whose object it is, when and on what it was made.</summary>
    private static readonly HashSet<DicomTag> _places =
    [
        DicomTag.ImageType, DicomTag.ContentDate, DicomTag.ContentTime, DicomTag.SliceThickness, DicomTag.SpacingBetweenSlices,
        DicomTag.FrameOfReferenceUID, DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient,
    ];

    /// <summary>Whether two files of one SOPInstanceUID hold the same object.</summary>
    public bool AreSame(InstanceHeader a, InstanceHeader b)
    {
        if (a.SopClassUid != b.SopClassUid)
        {
            return false;
        }

        return SopClasses.IsWanted(a) ? Place(a) == Place(b) && !Contradict(a, b) && Pixels(a) == Pixels(b) : Content(a) == Content(b) && Pixels(a) == Pixels(b);
    }

    /// <summary>How many facts of its acquisition an image's header has: of copies, the one that says more is taken.</summary>
    public static int Facts(InstanceHeader header) =>
        header.Slices.Sum(slice => Measured(slice).Count(fact => fact is not null) + (slice.ComplexComponent is null ? 0 : 1))
        + (header.HasContrastAgent ? 1 : 0) + header.ScanningSequence.Count + header.ScanOptions.Count;

    /// <summary>
    /// The instances without MR images that are there under other UIDs, too: the same pixels at the same place, acquired at the same time in the
    /// same way. A whole series goes, or the copies inside one; of copies in several frames of reference, those stay that a region was drawn on.
    /// </summary>
    public IReadOnlyList<InstanceHeader> WithoutMoved(IReadOnlyList<InstanceHeader> instances)
    {
        var kept = new Dictionary<string, List<InstanceHeader>>(StringComparer.Ordinal);
        var dropped = new HashSet<InstanceHeader>(ReferenceEqualityComparer.Instance);
        var pixels = new Dictionary<InstanceHeader, string>(ReferenceEqualityComparer.Instance);
        var series = instances
            .Where(instance => SopClasses.IsWanted(instance) && instance.Slices.Count > 0 && instance.Fault != ObjectFault.Damaged && instance.Fault != ObjectFault.Contradicted)
            .GroupBy(instance => instance.SeriesUid)
            .Select(group => group.Select(instance => (Instance: instance, Place: Place(instance), Facts: Facts(instance))).OrderByDescending(image => image.Facts).ToArray())
            .ToArray();
        var all = series.SelectMany(images => images.Select(image => (image.Instance, image.Facts))).ToArray();
        var studies = MostFrequentFirst(all, image => image.StudyUid);
        var frames = MostFrequentFirst(all, image => image.FrameOfReferenceUid);
        HashSet<string> drawn = series.Select(images => images[0].Instance.FrameOfReferenceUid).Distinct().Count() > 1 ? DrawnFrames(instances) : [];
        var ordered = series
            .OrderByDescending(images => images[0].Instance.FrameOfReferenceUid is { } frame && drawn.Contains(frame))
            .ThenByDescending(images => images.Length)
            .ThenBy(images => studies.IndexOf(images[0].Instance.StudyUid)) // of a study that is there twice, all series of one of the two stay
            .ThenBy(images => frames.IndexOf(images[0].Instance.FrameOfReferenceUid))
            .ThenByDescending(images => images.Sum(image => image.Facts));
        foreach (var images in ordered)
        {
            if (images.All(image => kept.TryGetValue(image.Place, out var others) && others.Exists(other => IsMoved(image.Instance, other))))
            {
                dropped.UnionWith(images.Select(image => image.Instance));
                continue;
            }

            foreach (var (instance, place, _) in images)
            {
                kept.TryAdd(place, []);
                if (kept[place].Exists(other => other.SeriesUid == instance.SeriesUid && IsMoved(instance, other)))
                {
                    dropped.Add(instance);
                }
                else
                {
                    kept[place].Add(instance);
                }
            }
        }

        return dropped.Count == 0 ? instances : [.. instances.Where(instance => !dropped.Contains(instance))];

        bool IsMoved(InstanceHeader a, InstanceHeader b) => !Contradict(a, b) && !ContradictInAgent(a, b) && PixelsOnce(a) == PixelsOnce(b);

        string PixelsOnce(InstanceHeader instance) =>
            pixels.TryGetValue(instance, out var known) ? known : pixels[instance] = Pixels(instance);
    }

    /// <summary>Of as many images those first that say more: a de-identified copy of a study gives way to the study.</summary>
    private static List<TKey> MostFrequentFirst<TKey>(IEnumerable<(InstanceHeader Instance, int Facts)> images, Func<InstanceHeader, TKey> key) =>
        [.. images.GroupBy(image => key(image.Instance)).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Sum(image => image.Facts)).Select(group => group.Key)];

    /// <summary>The frames of reference that the study's regions were drawn in.</summary>
    private HashSet<string> DrawnFrames(IReadOnlyList<InstanceHeader> instances) =>
    [
        .. instances.Where(SopClasses.IsSegmentation).Select(instance => instance.FrameOfReferenceUid).OfType<string>(),
        .. instances.Where(SopClasses.IsStructureSet).SelectMany(instance => reader.Inspect(instance.Entry, out _) is { } file ? StructureSet.FramesOf(file.Dataset) : []),
    ];

    private string Pixels(InstanceHeader header) => Digest(header, dataset =>
    {
        try
        {
            // What isn't as its header says is compared as it is: decoding it would take memory on the header's word.
            dataset = header.Fault is null ? FrameDecoder.Uncompressed(dataset, MostUncompressed) : dataset;
        }
        catch (RadiomicsException)
        {
            // compared as it is compressed
        }

        return dataset.Contains(DicomTag.PixelData) ? DatasetDigest.Of([dataset.GetDicomItem<DicomItem>(DicomTag.PixelData)]) : header.SopInstanceUid;
    });

    /// <summary>
    /// What a region, or any other object that is no MR image, says beside its pixels. Whose it is, and what archives add, is no content: all below group 0028
    /// but places, requests, visits, procedure steps, and what was changed by whom.
    /// </summary>
    private string Content(InstanceHeader header) => Digest(header, dataset => DatasetDigest.Of(dataset.Where(item =>
        item.Tag.Group switch
        {
            < 0x0028 => _places.Contains(item.Tag),
            0x0032 or 0x0038 or 0x0088 or 0x0400 or 0x7FE0 => false,
            0x0040 => item.Tag.Element >= 0xA000,
            _ => true,
        })));

    private string Digest(InstanceHeader header, Func<DicomDataset, string> digest) => digest((reader.Read(header.Entry) ?? throw EntryReader.Truncated()).Dataset);

    /// <summary>Whether both headers have a fact of the acquisition that differs. Of images with one <see cref="Place(InstanceHeader)"/>.</summary>
    private static bool Contradict(InstanceHeader a, InstanceHeader b) =>
        Differ(a.ScanningSequence, b.ScanningSequence)
        || Differ(a.ScanOptions, b.ScanOptions)
        || a.Slices.Zip(b.Slices).Any(pair =>
            (pair.First.ComplexComponent is { } component && pair.Second.ComplexComponent is { } other && component != other)
            || Measured(pair.First).Zip(Measured(pair.Second)).Any(fact => fact.First is { } one && fact.Second is { } another && one != another));

    /// <summary>
    /// Whether one header names a contrast agent and the other doesn't, and nothing says that they are one acquisition or that one lost its facts: a series
    /// without times before agent, and one after.
    /// </summary>
    private static bool ContradictInAgent(InstanceHeader a, InstanceHeader b) =>
        a.HasContrastAgent != b.HasContrastAgent
        && a.Slices.Concat(b.Slices).All(slice => slice.AcquisitionTime is null);

    private static bool Differ(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.Count > 0 && b.Count > 0 && !a.SequenceEqual(b, StringComparer.Ordinal);

    /// <summary>When and how a slice was acquired. A writer that leaves out a b-value may mean 0.</summary>
    private static double?[] Measured(SliceHeader slice) =>
    [
        slice.EchoTime, slice.RepetitionTime, slice.InversionTime, slice.FlipAngle, slice.TemporalPosition, slice.AcquisitionNumber, slice.AcquisitionTime,
        slice.TriggerTime, slice.BValue, slice.ContrastAdministered switch { null => null, true => 1, false => 0 },
    ];

    /// <summary>Where an image lies, of what kind and scale it is, as text that is equal for copies.</summary>
    private static string Place(InstanceHeader header)
    {
        var text = new StringBuilder();
        foreach (var slice in header.Slices)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"|{slice.Rows} {slice.Columns} {slice.PixelSpacing.Y:F4} {slice.PixelSpacing.X:F4} {Text(slice.Position)} {Text(slice.DirectionX)} {Text(slice.DirectionY)}");
            text.Append(CultureInfo.InvariantCulture, $" {slice.RescaleSlope} {slice.RescaleIntercept} ").AppendJoin('\\', slice.ImageType);
        }

        return text.ToString();
    }

    private static string Text(Point3 point) => string.Create(CultureInfo.InvariantCulture, $"{point.X:F3} {point.Y:F3} {point.Z:F3}");
}
