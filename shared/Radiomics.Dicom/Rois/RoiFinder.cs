using System.Text.RegularExpressions;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Finds the region of interest among all that an upload holds.</summary>
internal static class RoiFinder
{
    private static readonly TimeSpan _patternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The region that the first fitting pattern chooses; the order of the objects decides among several.</summary>
    /// <exception cref="RadiomicsException"><c>StudyHasNoRoi</c>.</exception>
    public static RegionOfInterest Find(
        EntryReader reader,
        IEnumerable<InstanceHeader> instances,
        IReadOnlyList<string> patterns,
        ICollection<string> warnings)
    {
        var regions = new List<RegionOfInterest>();
        foreach (var instance in instances.OrderBy(instance => instance.SopInstanceUid, StringComparer.Ordinal))
        {
            if (SopClasses.IsStructureSet(instance))
            {
                regions.AddRange(StructureSet.Read(Reread(reader, instance)).Select(region => Of(instance, region)));
            }
            else if (SopClasses.IsSegmentation(instance))
            {
                regions.AddRange(Segmentation.Read(Reread(reader, instance)).Select(region => Of(instance, region)));
            }
        }

        if (regions.Count == 0)
        {
            throw new RadiomicsException(
                "StudyHasNoRoi",
                "The upload holds no region of interest. Add an RTSTRUCT or a DICOM SEG with the liver's outline, drawn on this study.");
        }

        foreach (var pattern in patterns)
        {
            var fitting = regions.Where(region => region.Names.Any(name => Fits(name, pattern))).ToArray();
            if (fitting.Length > 1)
            {
                warnings.Add($"{fitting.Length} regions of interest fit the profile's names equally well; the first was taken.");
            }

            if (fitting.Length > 0)
            {
                return fitting[0];
            }
        }

        throw new RadiomicsException(
            "StudyHasNoRoi",
            $"None of the upload's {regions.Count} regions of interest has a name that the center's profile knows. Name the region as agreed (e.g. \"liver\").");
    }

    private static RegionOfInterest Of(InstanceHeader instance, RegionOfInterest region) =>
        region with { Object = new SourceRegion(instance.SeriesUid, new SopReference(instance.SopClassUid, instance.SopInstanceUid), region.Number) };

    private static FellowOakDicom.DicomDataset Reread(EntryReader reader, InstanceHeader instance) =>
        (reader.Read(instance.Entry) ?? throw EntryReader.Truncated()).Dataset;

    private static bool Fits(string name, string pattern) =>
        Regex.IsMatch(name, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _patternTimeout);
}
