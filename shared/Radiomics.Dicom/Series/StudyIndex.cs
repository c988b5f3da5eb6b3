using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The first pass over an upload: every file's header, each instance once.</summary>
internal static class StudyIndex
{
    /// <summary>
    /// Copies and files that aren't DICOM are left out, with a warning; so are damaged files of which nobody can say to which series they belong. Other damaged
    /// objects, and those of which two files say different things, have a <see cref="InstanceHeader.Fault"/>.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// <c>NoDicom</c>; <c>ArchiveEncrypted</c>, <c>UnsupportedCompression</c>, <c>ArchiveNested</c>: nothing but files that aren't opened, and what is no DICOM;
    /// <c>PixelDataTruncated</c>: nothing but damaged files; <c>ArchiveTooLarge</c>: headers that take too much memory.
    /// </exception>
    public static StudyObjects Read(IStudySource source, ICollection<string> warnings, ImageModality wanted = ImageModality.Mr)
    {
        var reader = new EntryReader(source);
        var objects = new Dictionary<string, ObjectVersions>(StringComparer.Ordinal);
        var files = new InstanceCopies(new EntryReader(source));
        var memory = new HeaderMemory();
        var unopened = source.Unopened.ToList();
        var (copies, others, damaged) = (0, 0, 0);
        for (var entry = 0; entry < source.Count; entry++)
        {
            var (found, isDamaged) = ReadHeader(reader, entry, memory, wanted);
            if (found is not { } header)
            {
                var isNifti = NiftiRegions.IsNamedSo(source.NameOf(entry));
                damaged += isDamaged ? 1 : 0;
                others += isDamaged || isNifti || reader.Archive is not null ? 0 : 1;
                if (reader.Archive is { } kind && !isNifti)
                {
                    unopened.Add(UnopenedFile.Archive(kind));
                }
            }
            else if (!objects.TryAdd(header.SopInstanceUid, new ObjectVersions(header)))
            {
                copies += objects[header.SopInstanceUid].Add(header, files) ? 1 : 0;
            }
        }

        if (objects.Count == 0)
        {
            throw damaged > 0 ? EntryReader.Truncated()
                : unopened.Count > 0 ? UnopenedFile.Refusal(unopened)
                : new RadiomicsException("NoDicom", "The upload holds no DICOM file. Send the study as exported by the scanner or PACS.");
        }

        var all = objects.Values.SelectMany(versions => versions.Headers).OrderBy(instance => instance.Entry).ToArray();
        var once = files.WithoutMoved(all);
        foreach (var warning in source.Warnings.Concat(UnopenedFile.Warnings(unopened)))
        {
            warnings.Add(warning);
        }

        Warn(warnings, damaged, "damaged DICOM files were left out: nobody can say to which series they belong.");
        Warn(warnings, copies, "identical copies of DICOM files were left out.");
        Warn(warnings, objects.Values.Count(versions => versions.Contradict), "DICOM objects are there twice under one SOPInstanceUID with different content; they can't be used.");
        Warn(warnings, all.Length - once.Count, "copies of images under other UIDs were left out.");
        Warn(warnings, others, "files that are not DICOM objects of a study were left out.");
        Warn(warnings, once.Count(instance => instance.Fault == ObjectFault.Damaged), "DICOM objects are damaged, or hold less than they say.");
        Warn(warnings, once.Count(instance => instance.HasTrailing), "DICOM files go on after their pixel data; what follows was passed over.");
        Warn(
            warnings,
            once.Count(instance => instance.HasNoFrameCount),
            "DICOM objects have a NumberOfFrames that is no positive number, or none where they describe frames; the frames that they describe were taken, or one.");
        return new StudyObjects(once, once.Count == all.Length ? [] : [.. all.Except(once, ReferenceEqualityComparer.Instance).Cast<InstanceHeader>()], unopened, damaged + others);
    }

    /// <summary>A file's header, and whether the file is damaged; no header where it can't be told to what it belongs.</summary>
    private static (InstanceHeader? Header, bool IsDamaged) ReadHeader(EntryReader reader, int entry, HeaderMemory memory, ImageModality wanted)
    {
        try
        {
            var file = reader.InspectHeaders(entry, out var isDamaged);
            var header = file is { Dataset: var dataset } ? EntryReader.Guarded(() => InstanceReader.Read(dataset, entry, isDamaged, memory, wanted)) : null;
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
