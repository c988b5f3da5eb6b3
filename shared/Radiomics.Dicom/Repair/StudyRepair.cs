using System.IO.Compression;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Makes a new zip of an upload that could not be used, without what was in the way or with what was missing. What it leaves in is, byte by byte, what was sent, unless an attribute
/// is to be written into it; the upload itself stays as it is. The result names the patient as the upload does.
/// </summary>
public static class StudyRepair
{
    private static readonly DateTimeOffset s_entryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the zip: files under numbers, but for NIfTI files, whose names say what they are. The same order for the same upload gives the same bytes.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>FixLeavesNothing</c>: no MR image would be left; <c>FixChangesNothing</c>: nothing of what is asked for applies to it; what reading the source throws.
    /// </exception>
    public static RepairResult Write(IStudySource source, RepairOrder order, Stream target)
    {
        var reader = new EntryReader(source);
        var leftOut = new SortedDictionary<string, int>(source.Unopened.CountBy(file => file.Code).ToDictionary(), StringComparer.Ordinal);
        var (kept, changed, images) = (0, 0, 0);
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            for (var entry = 0; entry < source.Count; entry++)
            {
                var (file, header, fault) = Look(reader, entry);
                if (ReasonAgainst(order, header, fault, source.NameOf(entry)) is { } reason)
                {
                    leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
                    continue;
                }

                images += header is not null && SopClasses.IsMr(header) ? 1 : 0;
                var isSaid = order.FieldStrength is { } tesla && Say(file, header, tesla);
                using var packed = Create(zip, NameOf(source.NameOf(entry), entry, names));
                if (isSaid)
                {
                    file!.Save(packed);
                    changed++;
                }
                else
                {
                    using var content = source.Open(entry);
                    content.CopyTo(packed);
                    kept++;
                }
            }

            foreach (var (i, added) in order.Added.Index())
            {
                using var packed = Create(zip, NameOf(EntryNames.File(added.Name), source.Count + i, names));
                using var content = added.Open();
                content.CopyTo(packed);
            }
        }

        return images == 0 ? throw new RadiomicsException("FixLeavesNothing", "No MR image would be left of the study. Leave out less.")
            : changed == 0 && order.Added.Count == 0 && leftOut.Count == 0
                ? throw new RadiomicsException("FixChangesNothing", "Nothing of what is asked for applies to this study: it would be what it was. Look at what is in it first.")
                : new RepairResult(kept, changed, order.Added.Count, leftOut);
    }

    private static (DicomFile? File, InstanceHeader? Header, string? Fault) Look(EntryReader reader, int entry)
    {
        try
        {
            var file = reader.Inspect(entry, out var isDamaged);
            var header = file is null ? null : InstanceReader.Read(file.Dataset, entry, isDamaged);
            return (file, header, isDamaged ? "PixelDataTruncated" : header?.Fault?.Code);
        }
        catch (RadiomicsException e) when (e.Code != "ArchiveTooLarge")
        {
            return (null, null, e.Code);
        }
    }

    /// <summary>Why a file is left out; null if it stays.</summary>
    private static string? ReasonAgainst(RepairOrder order, InstanceHeader? header, string? fault, string name)
    {
        var isMask = NiftiRegions.IsNamedSo(name);
        var isRegion = isMask || (header is not null && (SopClasses.IsStructureSet(header) || SopClasses.IsSegmentation(header)));
        return order.WithoutBroken && fault is not null ? fault
            : order.WithoutBroken && header is null && !isMask ? "NotDicom"
            : order.WithoutRegions && isRegion ? "Region"
            : header?.SeriesNumber is { } number && order.WithoutSeries.Contains(number) ? "Series"
            : order.OnlySeries.Count > 0 && header is not null && !isRegion && !(header.SeriesNumber is { } own && order.OnlySeries.Contains(own)) ? "Series"
            : null;
    }

    private static bool Say(DicomFile? file, InstanceHeader? header, double tesla)
    {
        if (file is null || header is not { MagneticFieldStrength: null } || !SopClasses.IsMr(header))
        {
            return false;
        }

        file.Dataset.AddOrUpdate(DicomTag.MagneticFieldStrength, (decimal)tesla);
        return true;
    }

    private static string NameOf(string name, int number, HashSet<string> taken)
    {
        var plain = NiftiRegions.IsNamedSo(name) && taken.Add(name) ? name : FormattableString.Invariant($"{number:D6}.dcm");
        taken.Add(plain);
        return plain;
    }

    private static Stream Create(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = s_entryTime;
        return entry.Open();
    }
}
