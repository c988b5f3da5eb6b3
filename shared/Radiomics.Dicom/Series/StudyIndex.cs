using System.Security.Cryptography;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The first pass over an upload: every file's header, each instance once.</summary>
internal static class StudyIndex
{
    /// <summary>Headers in the order of the source. Identical copies and files that aren't DICOM are left out, with a warning.</summary>
    /// <exception cref="RadiomicsException"><c>NoDicom</c>, <c>DuplicateInstances</c>, <c>PixelDataTruncated</c>.</exception>
    public static IReadOnlyList<InstanceHeader> Read(IStudySource source, ICollection<string> warnings)
    {
        var reader = new EntryReader(source);
        var instances = new Dictionary<string, InstanceHeader>(StringComparer.Ordinal);
        var files = new InstanceCopies(new EntryReader(source));
        var (copies, others) = (0, 0);
        for (var entry = 0; entry < source.Count; entry++)
        {
            if (reader.Read(entry) is not { } file
                || InstanceReader.Read(file.Dataset, entry, Convert.ToHexStringLower(SHA256.HashData(reader.Content))) is not { } header)
            {
                others++;
                continue;
            }

            if (instances.TryAdd(header.SopInstanceUid, header))
            {
                PixelCheck.EnsureComplete(file.Dataset, header);
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
            throw new RadiomicsException("NoDicom", "The upload holds no DICOM file. Send the study as exported by the scanner or PACS.");
        }

        var all = instances.Values.OrderBy(instance => instance.Entry).ToArray();
        var once = files.WithoutMoved(all);
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
