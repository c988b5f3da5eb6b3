namespace Radiomics.Dicom;

/// <summary>
/// Leaves out what is no measurement: localizers, screen captures and images that something else computed for people to look at.
/// <c>DERIVED</c> alone
/// drops nothing, since Dixon fat and water images are that.
/// </summary>
internal static class ImageFilter
{
    /// <summary>The MR instances that may become volumes.</summary>
    public static IReadOnlyList<InstanceHeader> Keep(IEnumerable<InstanceHeader> instances, ICollection<string> warnings)
    {
        var kept = new List<InstanceHeader>();
        var (localizers, secondary, unplaced) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var instance in instances)
        {
            if (SopClasses.IsSecondaryCapture(instance) || instance.ImageType is [_, "SECONDARY", ..])
            {
                secondary.Add(instance.SeriesUid);
            }
            else if (instance.ImageType.Skip(2).Contains("LOCALIZER"))
            {
                localizers.Add(instance.SeriesUid);
            }
            else if (SopClasses.IsMr(instance))
            {
                if (instance.Slices.Count == 0)
                {
                    unplaced.Add(instance.SeriesUid);
                }
                else
                {
                    kept.Add(instance);
                }
            }
        }

        Warn(warnings, localizers.Count, "localizer series");
        Warn(warnings, secondary.Count, "series of secondary images");
        Warn(warnings, unplaced.Count, "MR series with images whose headers give no position, orientation or pixel spacing");
        return kept;
    }

    private static void Warn(ICollection<string> warnings, int count, string what)
    {
        if (count > 0)
        {
            warnings.Add($"Left out: {count} {what}.");
        }
    }
}
