using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Finds the region of interest among all that an upload holds.</summary>
internal static class RoiFinder
{
    /// <summary>Bytes of a structure set, whose contours are texts that take as much memory again, and are all read: ten times what a patient's organs take.</summary>
    private const long MostOfStructureSet = 128 << 20;

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
        var images = instances.Where(instance => SopClasses.IsWanted(instance) && instance.Slices.Count > 0).ToArray();
        var frames = images.Select(image => image.FrameOfReferenceUid).ToHashSet();
        var studies = images.Select(image => image.StudyUid).ToHashSet(StringComparer.Ordinal);
        var regions = new List<RegionOfInterest>();
        ObjectFault? fault = null;

        // Of copies the first stays: one that belongs to the images.
        foreach (var instance in instances.OrderByDescending(instance => studies.Contains(instance.StudyUid)).ThenBy(instance => instance.SopInstanceUid, StringComparer.Ordinal))
        {
            if (SopClasses.IsStructureSet(instance) || SopClasses.IsSegmentation(instance))
            {
                fault ??= instance.Fault;
                regions.AddRange(Read(reader, instance).Select(region => region with
                {
                    IsOnImages = region.FrameOfReferenceUid is null || frames.Contains(region.FrameOfReferenceUid),
                }));
            }
        }

        var shaped = regions.Where(region => region.HasContours).OrderByDescending(region => region.IsOnImages).ToArray();
        var shapeless = regions.Where(region => !region.HasContours && Fits(region, rules)).ToArray();
        if (Best(shaped, rules, warnings) is { } dicom)
        {
            if (shapeless.Length > 0)
            {
                warnings.Add($"{shapeless.Length} regions of interest that fit the profile were left out: they have no closed contours.");
            }

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

        if (shapeless is [var first, ..])
        {
            return first; // whose shape is a refusal that says why
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
        var dataset = reader.Inspect(instance.Entry, out _, isKept: true)?.Dataset ?? new DicomDataset();
        if (SopClasses.IsStructureSet(instance) && reader.Length > MostOfStructureSet)
        {
            throw new RadiomicsException("RoiUnreadable", $"The structure set has more than {MostOfStructureSet} bytes. Export one that has the region of interest alone.");
        }

        var mostVoxels = reader.Source.Limits.MaxVoxels;
        var regions = (SopClasses.IsStructureSet(instance) ? StructureSet.Read(dataset, mostVoxels) : Segmentation.Read(dataset, mostVoxels)).Select(region => region with
        {
            Object = new SourceRegion(instance.SeriesUid, new SopReference(instance.SopClassUid, instance.SopInstanceUid), region.Number),
        });
        return instance.Fault is not { } fault ? regions : regions.Select(region => region with { IsDamaged = true, Region = new Lazy<IRegion>(() => throw fault.Refusal()) });
    }

    /// <summary>
    /// A coded region comes before any name, whenever it was drawn. Of names, the earliest pattern's comes first within an object, and of several objects the
    /// newest: whoever corrects a region gives it a name of its own beside the old one, which can't be overwritten.
    /// </summary>
    private static RegionOfInterest? Best(IReadOnlyCollection<RegionOfInterest> all, IngestRules rules, ICollection<string> warnings)
    {
        var candidates = all.Where(region => IsCandidate(region, rules)).ToArray();
        RegionOfInterest[] coded = rules.RoiCodes.Count > 0 ? [.. candidates.Where(region => region.IsCodedAs(rules.RoiCodes) == true)] : [];
        var named = candidates.Except(coded).Select(region => (Region: region, Rank: RankOf(region, rules))).Where(one => one.Rank < rules.RoiNames.Count).ToArray();
        if (coded.Length > 0)
        {
            var best = Newest(coded, rules, warnings);
            if (named.Any(one => IsNewer(one.Region, best)))
            {
                warnings.Add("A region of interest that fits the profile by name was drawn after the one that was taken, which fits by code.");
            }

            return best;
        }

        var objects = named.GroupBy(one => one.Region.Object?.Object.SopInstanceUid ?? one.Region.Names[0]).SelectMany(group => group.Where(one => one.Rank == group.Min(other => other.Rank))).ToArray();
        if (objects.Length == 0)
        {
            return null;
        }

        var latest = objects.Where(one => !objects.Any(other => other.Rank != one.Rank && IsNewer(other.Region, one.Region))).ToArray();
        var rank = latest.Min(one => one.Rank);
        var newest = Newest([.. latest.Where(one => one.Rank == rank).Select(one => one.Region)], rules, warnings);
        if (objects.Any(one => one.Rank < rank))
        {
            warnings.Add("An older region of interest has a name that the profile prefers; the one that was drawn last was taken.");
        }
        else if (objects.Any(one => one.Rank > rank && !IsNewer(newest, one.Region)))
        {
            warnings.Add("Another region of interest has a name that the profile accepts, and nothing says which of the two is newer; the one whose name it prefers was taken.");
        }

        return newest;
    }

    private static bool Fits(RegionOfInterest region, IngestRules rules) =>
        IsCandidate(region, rules) && ((rules.RoiCodes.Count > 0 && region.IsCodedAs(rules.RoiCodes) == true) || RankOf(region, rules) < rules.RoiNames.Count);

    /// <summary>Index of the first pattern that one of the region's names fits; that behind the last if none does.</summary>
    private static int RankOf(RegionOfInterest region, IngestRules rules)
    {
        var names = region.Names.Where(name => !IsExcluded(name, rules)).ToArray();
        return rules.RoiNames.TakeWhile(pattern => !names.Any(name => Pattern.Fits(name, pattern))).Count();
    }

    /// <summary>A region whose label or code says that it is something else is none, whatever else fits.</summary>
    private static bool IsCandidate(RegionOfInterest region, IngestRules rules) =>
        !IsExcluded(region.Names[0], rules) && (rules.RoiCodes.Count == 0 || region.IsCodedAs(rules.RoiCodes) != false);

    private static bool IsExcluded(string name, IngestRules rules) => rules.RoiNamesWithout.Any(pattern => Pattern.Fits(name, pattern));

    /// <summary>Of several that fit equally well, at least one.</summary>
    private static RegionOfInterest Newest(RegionOfInterest[] fitting, IngestRules rules, ICollection<string> warnings)
    {
        if (fitting.Length == 1)
        {
            return fitting[0];
        }

        if (Array.Find(fitting, one => fitting.All(other => ReferenceEquals(one, other) || IsNewer(one, other))) is { } newest)
        {
            warnings.Add($"{fitting.Length} regions of interest fit the profile equally well; the newest was taken.");
            return newest.IsOnImages ? newest : Array.Find(fitting, one => one.IsOnImages && AreCopies(one, newest)) ?? newest;
        }

        if (fitting.Any(region => region.IsDamaged) && fitting.Any(region => !region.IsDamaged))
        {
            return Newest([.. fitting.Where(region => !region.IsDamaged)], rules, warnings);
        }

        if (rules.RoiCodes.Count == 0)
        {
            warnings.Add($"{fitting.Length} regions of interest fit the profile's names equally well; the first was taken.");
            return fitting[0];
        }

        if (Once(fitting) is { } once && once.Length < fitting.Length)
        {
            warnings.Add($"{fitting.Length - once.Length} copies of regions of interest were left out.");
            return Newest(once, rules, warnings);
        }

        throw new RadiomicsException(
            "RoiAmbiguous",
            $"{fitting.Length} regions of interest fit the center's profile equally well, and none says that it is the newest. Send the one that counts.");
    }

    /// <summary>The regions without those that are there before, under another UID. Asked where it decides: a shape takes memory.</summary>
    private static RegionOfInterest[] Once(IEnumerable<RegionOfInterest> regions)
    {
        var once = new List<RegionOfInterest>();
        foreach (var region in regions)
        {
            if (!once.Exists(other => AreCopies(other, region)))
            {
                once.Add(region);
            }
        }

        return [.. once];
    }

    private static bool AreCopies(RegionOfInterest a, RegionOfInterest b)
    {
        try
        {
            var mayBe = a.Source == b.Source && (a.FrameOfReferenceUid == b.FrameOfReferenceUid || !a.IsOnImages || !b.IsOnImages);
            return mayBe && a.Region.Value.IsSameAs(b.Region.Value);
        }
        catch (RadiomicsException)
        {
            return false; // what can't be read is no copy of anything; it is said where it is needed
        }
    }

    private static bool IsNewer(RegionOfInterest one, RegionOfInterest other) =>
        one.Drawn is { } drawn && other.Drawn is { } before && drawn.IsLaterThan(before) == true;
}
