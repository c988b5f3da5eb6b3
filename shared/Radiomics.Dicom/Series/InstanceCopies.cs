using System.Globalization;
using System.Text;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Tells copies of an object from other objects. Archives write the same object with other file meta information, in another VR encoding,
/// with demographics corrected, or under new UIDs; what counts is what was measured. Reads files again, so it is asked only on suspicion.
/// </summary>
internal sealed class InstanceCopies(EntryReader reader)
{
    /// <summary>Whether two files of one SOPInstanceUID hold the same object.</summary>
    public bool AreSame(InstanceHeader a, InstanceHeader b) =>
        Digest(a, dataset => DatasetDigest.Of(dataset)) == Digest(b, dataset => DatasetDigest.Of(dataset))
        || (SopClasses.IsMr(a) && Facts(a) == Facts(b) && Pixels(a) == Pixels(b));

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
            .Where(instance => SopClasses.IsMr(instance) && instance.Slices.Count > 0 && !instance.IsDamaged)
            .GroupBy(instance => instance.SeriesUid)
            .Select(group => group.Select(instance => (Instance: instance, Facts: Facts(instance))).ToArray())
            .ToArray();
        var studies = MostFrequentFirst(series.SelectMany(images => images), image => image.Instance.StudyUid);
        var frames = MostFrequentFirst(series.SelectMany(images => images), image => image.Instance.FrameOfReferenceUid);
        HashSet<string> drawn = series.Select(images => images[0].Instance.FrameOfReferenceUid).Distinct().Count() > 1 ? DrawnFrames(instances) : [];
        var ordered = series
            .OrderByDescending(images => images[0].Instance.FrameOfReferenceUid is { } frame && drawn.Contains(frame))
            .ThenByDescending(images => images.Length)
            .ThenBy(images => studies.IndexOf(images[0].Instance.StudyUid)) // of a study that is there twice, all series of one of the two stay
            .ThenBy(images => frames.IndexOf(images[0].Instance.FrameOfReferenceUid));
        foreach (var images in ordered)
        {
            if (images.All(image => kept.ContainsKey(image.Facts)) && images.All(image => kept[image.Facts].Exists(other => IsSame(image.Instance, other))))
            {
                dropped.UnionWith(images.Select(image => image.Instance));
                continue;
            }

            foreach (var (instance, facts) in images)
            {
                kept.TryAdd(facts, []);
                if (kept[facts].Exists(other => other.SeriesUid == instance.SeriesUid && IsSame(instance, other)))
                {
                    dropped.Add(instance);
                }
                else
                {
                    kept[facts].Add(instance);
                }
            }
        }

        return dropped.Count == 0 ? instances : [.. instances.Where(instance => !dropped.Contains(instance))];

        bool IsSame(InstanceHeader a, InstanceHeader b) => PixelsOnce(a) == PixelsOnce(b);

        string PixelsOnce(InstanceHeader instance) =>
            pixels.TryGetValue(instance, out var known) ? known : pixels[instance] = Pixels(instance);
    }

    private static List<TKey> MostFrequentFirst<T, TKey>(IEnumerable<T> items, Func<T, TKey> key) =>
        [.. items.GroupBy(key).OrderByDescending(group => group.Count()).Select(group => group.Key)];

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
            dataset = header.Fault is null ? FrameDecoder.Uncompressed(dataset) : dataset;
        }
        catch (RadiomicsException)
        {
            // compared as it is compressed
        }

        return dataset.Contains(DicomTag.PixelData) ? DatasetDigest.Of([dataset.GetDicomItem<DicomItem>(DicomTag.PixelData)]) : header.SopInstanceUid;
    });

    private string Digest(InstanceHeader header, Func<DicomDataset, string> digest) => digest((reader.Read(header.Entry) ?? throw EntryReader.Truncated()).Dataset);

    /// <summary>Where, when and how an image was acquired, as text that is equal for copies.</summary>
    private static string Facts(InstanceHeader header)
    {
        var text = new StringBuilder();
        text.AppendJoin('\\', header.ScanningSequence).AppendJoin('\\', header.ScanOptions).Append(header.HasContrastAgent);
        foreach (var slice in header.Slices)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"|{slice.Rows} {slice.Columns} {slice.PixelSpacing.Y:F4} {slice.PixelSpacing.X:F4} {Text(slice.Position)} {Text(slice.DirectionX)} {Text(slice.DirectionY)}");
            text.Append(
                CultureInfo.InvariantCulture,
                $" {slice.RescaleSlope} {slice.RescaleIntercept} {slice.EchoTime} {slice.RepetitionTime} {slice.InversionTime} {slice.FlipAngle}");
            text.Append(
                CultureInfo.InvariantCulture,
                $" {slice.TemporalPosition} {slice.AcquisitionNumber} {slice.AcquisitionTime} {slice.TriggerTime} {slice.BValue} {slice.ComplexComponent} ");
            text.AppendJoin('\\', slice.ImageType);
        }

        return text.ToString();
    }

    private static string Text(Point3 point) => string.Create(CultureInfo.InvariantCulture, $"{point.X:F3} {point.Y:F3} {point.Z:F3}");
}
