using System.Security.Cryptography;
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
            if (reader.Inspect(entry, out var isDamaged) is not { } file
                || InstanceReader.Read(file.Dataset, entry, Convert.ToHexStringLower(SHA256.HashData(reader.Content)), isDamaged) is not { } header)
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
            else if (instances[header.SopInstanceUid].ContentHash == header.ContentHash || files.AreSame(instances[header.SopInstanceUid], header))
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
        return once;
    }

    private static void Warn(ICollection<string> warnings, int count, string what)
    {
        if (count > 0)
        {
            warnings.Add($"{count} {what}");
        }
    }
}
