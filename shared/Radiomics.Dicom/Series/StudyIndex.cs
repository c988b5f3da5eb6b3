using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The first pass over an upload: every file's header, each instance once.</summary>
internal static class StudyIndex
{
    /// <summary>
    /// Headers in the order of the source. Identical copies and files that aren't DICOM are left out, with a warning; so are damaged files
    /// of which nobody can say to which series they belong. Other damaged ones have a <see cref="InstanceHeader.Fault"/>.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>NoDicom</c>, <c>DuplicateInstances</c>; <c>PixelDataTruncated</c>: nothing but damaged files.</exception>
    public static IReadOnlyList<InstanceHeader> Read(IStudySource source, ICollection<string> warnings)
    {
        var reader = new EntryReader(source);
        var instances = new Dictionary<string, InstanceHeader>(StringComparer.Ordinal);
        var files = new InstanceCopies(new EntryReader(source));
        var (copies, others, damaged) = (0, 0, 0);
        for (var entry = 0; entry < source.Count; entry++)
        {
            var (found, isDamaged) = ReadHeader(reader, entry);
            if (found is not { } header)
            {
                damaged += isDamaged ? 1 : 0;
                others += isDamaged || NiftiRegions.IsNamedSo(source.NameOf(entry)) ? 0 : 1;
                continue;
            }

            if (instances.TryAdd(header.SopInstanceUid, header))
            {
                continue;
            }

            if (isDamaged || instances[header.SopInstanceUid].IsDamaged)
            {
                // Of a damaged copy and a whole one, the whole one is the object.
                instances[header.SopInstanceUid] = isDamaged ? instances[header.SopInstanceUid] : header;
            }
            else if (files.AreSame(instances[header.SopInstanceUid], header))
            {
                copies++;
            }
            else
            {
                throw new RadiomicsException(
                    "DuplicateInstances",
                    "Two files of the upload have the same SOPInstanceUID but different content, so nobody can say which is right. Export the study again.");
            }
        }

        if (instances.Count == 0)
        {
            throw damaged > 0
                ? EntryReader.Truncated()
                : new RadiomicsException("NoDicom", "The upload holds no DICOM file. Send the study as exported by the scanner or PACS.");
        }

        var all = instances.Values.OrderBy(instance => instance.Entry).ToArray();
        var once = files.WithoutMoved(all);
        foreach (var warning in source.Warnings)
        {
            warnings.Add(warning);
        }

        Warn(warnings, damaged, "damaged DICOM files were left out: nobody can say to which series they belong.");
        Warn(warnings, copies, "identical copies of DICOM files were left out.");
        Warn(warnings, all.Length - once.Count, "copies of images under other UIDs were left out.");
        Warn(warnings, others, "files that are not DICOM objects of a study were left out.");
        Warn(warnings, once.Count(instance => instance.Fault == ObjectFault.Damaged), "DICOM objects are damaged, or hold less than they say.");
        Warn(warnings, once.Count(instance => instance.HasTrailing), "DICOM files go on after their pixel data; what follows was passed over.");
        Warn(warnings, once.Count(instance => instance.HasNoFrameCount), "DICOM objects have a NumberOfFrames that is no positive number; the frames that they describe were taken, or one.");
        return once;
    }

    /// <summary>A file's header, and whether the file is damaged; no header where it can't be told to what it belongs.</summary>
    private static (InstanceHeader? Header, bool IsDamaged) ReadHeader(EntryReader reader, int entry)
    {
        try
        {
            var file = reader.InspectHeaders(entry, out var isDamaged);
            var header = file is { Dataset: var dataset } ? EntryReader.Guarded(() => InstanceReader.Read(dataset, entry, isDamaged)) : null;
            return (header is null ? null : header with { HasTrailing = reader.HasTrailing }, isDamaged);
        }
        catch (RadiomicsException e) when (e.Code == "PixelDataTruncated")
        {
            return (null, true);
        }
    }

    private static void Warn(ICollection<string> warnings, int count, string what)
    {
        if (count > 0)
        {
            warnings.Add($"{count} {what}");
        }
    }
}
