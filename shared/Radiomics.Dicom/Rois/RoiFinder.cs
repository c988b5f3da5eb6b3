using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Finds the region of interest among all that an upload holds.</summary>
internal static class RoiFinder
{
    /// <summary>
    /// The region that is coded as one of the profile's codes, else the one that the first fitting pattern chooses; of several, the newest.
    /// A NIfTI mask is looked at where no DICOM object has one.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// <c>StudyHasNoRoi</c>, <c>RoiAmbiguous</c>, <c>RoiUnreadable</c>; <c>PixelDataTruncated</c>, <c>DuplicateInstances</c>: the one that fits, or the only one, is
    /// damaged, or there are two of it.
    /// </exception>
    public static RegionOfInterest Find(EntryReader reader, IReadOnlyList<InstanceHeader> instances, IngestRules rules, ICollection<string> warnings)
    {
        var regions = new List<RegionOfInterest>();
        ObjectFault? fault = null;
        foreach (var instance in instances.OrderBy(instance => instance.SopInstanceUid, StringComparer.Ordinal))
        {
            if (SopClasses.IsStructureSet(instance) || SopClasses.IsSegmentation(instance))
            {
                var found = Read(reader, instance).ToArray();
                fault ??= instance.Fault;
                regions.AddRange(found);
            }
        }

        if (Best(regions, rules, warnings) is { } dicom)
        {
            return dicom;
        }

        if (fault is not null)
        {
            throw fault.Refusal();
        }

        var masks = NiftiRegions.Read(reader.Source).ToArray();
        if ((Best(masks, rules, warnings) ?? NiftiRegions.Only(masks)) is { } nifti)
        {
            warnings.Add("The region of interest is a NIfTI mask, which says nothing of the study it was drawn on; its coordinates were taken as they are.");
            return nifti;
        }

        throw new RadiomicsException(
            "StudyHasNoRoi",
            regions.Count + masks.Length == 0
                ? "The upload holds no region of interest. Add an RTSTRUCT or a DICOM SEG with the liver's outline, drawn on this study."
                : $"None of the upload's {regions.Count + masks.Length} regions of interest is one that the center's profile looks for, by code or name; parts of the organ, vessels, lesions and margins are not. Name the region as agreed (e.g. \"liver\").");
    }

    /// <summary>The regions of an object; of a damaged one, those that its start names, whose shape is a refusal.</summary>
    public static IEnumerable<RegionOfInterest> Read(EntryReader reader, InstanceHeader instance)
    {
        var dataset = reader.Inspect(instance.Entry, out _)?.Dataset ?? new DicomDataset();
        var regions = (SopClasses.IsStructureSet(instance) ? StructureSet.Read(dataset) : Segmentation.Read(dataset)).Select(region => region with
        {
            Object = new SourceRegion(instance.SeriesUid, new SopReference(instance.SopClassUid, instance.SopInstanceUid), region.Number),
        });
        return instance.Fault is not { } fault ? regions : regions.Select(region => region with { IsDamaged = true, Region = new Lazy<IRegion>(() => throw fault.Refusal()) });
    }

    private static RegionOfInterest? Best(IReadOnlyCollection<RegionOfInterest> all, IngestRules rules, ICollection<string> warnings)
    {
        var candidates = all.Where(region => IsCandidate(region, rules)).ToArray();
        if (rules.RoiCodes.Count > 0 && Newest([.. candidates.Where(region => region.IsCodedAs(rules.RoiCodes) == true)], rules, warnings) is { } coded)
        {
            return coded;
        }

        return rules.RoiNames
            .Select(pattern => Newest([.. candidates.Where(region => region.Names.Any(name => Pattern.Fits(name, pattern) && !IsExcluded(name, rules)))], rules, warnings))
            .FirstOrDefault(region => region is not null);
    }

    /// <summary>A region whose label or code says that it is something else is none, whatever else fits.</summary>
    private static bool IsCandidate(RegionOfInterest region, IngestRules rules) =>
        !IsExcluded(region.Names[0], rules) && (rules.RoiCodes.Count == 0 || region.IsCodedAs(rules.RoiCodes) != false);

    private static bool IsExcluded(string name, IngestRules rules) => rules.RoiNamesWithout.Any(pattern => Pattern.Fits(name, pattern));

    private static RegionOfInterest? Newest(RegionOfInterest[] fitting, IngestRules rules, ICollection<string> warnings)
    {
        if (fitting.Length < 2)
        {
            return fitting.FirstOrDefault();
        }

        if (Array.Find(fitting, one => fitting.All(other => ReferenceEquals(one, other) || IsNewer(one, other))) is { } newest)
        {
            warnings.Add($"{fitting.Length} regions of interest fit the profile equally well; the newest was taken.");
            return newest;
        }

        if (fitting.Any(region => region.IsDamaged) && fitting.Any(region => !region.IsDamaged))
        {
            return Newest([.. fitting.Where(region => !region.IsDamaged)], rules, warnings);
        }

        if (rules.RoiCodes.Count > 0)
        {
            throw new RadiomicsException(
                "RoiAmbiguous",
                $"{fitting.Length} regions of interest fit the center's profile equally well, and none says that it is the newest. Send the one that counts.");
        }

        warnings.Add($"{fitting.Length} regions of interest fit the profile's names equally well; the first was taken.");
        return fitting[0];
    }

    private static bool IsNewer(RegionOfInterest one, RegionOfInterest other) =>
        one.Drawn is { } drawn && other.Drawn is { } before && drawn.IsLaterThan(before) == true;
}
