namespace Radiomics.Dicom;

/// <summary>
/// Leaves out what is no measurement: localizers, screen captures and images that something else computed for people to look at; what
/// has annotation burned into its pixels, which may name the patient; and what can't be placed. <c>DERIVED</c> alone drops nothing, since Dixon fat and water images are that.
/// </summary>
internal static class ImageFilter
{
    /// <summary>The MR instances that may become volumes, and those that can't.</summary>
    public static (IReadOnlyList<InstanceHeader> Kept, IReadOnlyList<LeftOutImage> LeftOut) Part(
        IEnumerable<InstanceHeader> instances,
        IngestRules rules,
        ICollection<string> warnings)
    {
        var kept = new List<InstanceHeader>();
        var leftOut = new List<LeftOutImage>();
        foreach (var instance in instances)
        {
            if (OutcomeOf(instance, rules) is { } outcome)
            {
                leftOut.Add(new LeftOutImage(instance, outcome));
            }
            else if (SopClasses.IsWanted(instance))
            {
                kept.Add(instance);
                leftOut.AddRange(instance.Placeless.Select(frame => new LeftOutImage(instance, SelectionOutcome.NoPlace) { Frame = frame }));
            }
        }

        foreach (var sentence in LeftOutImage.Sentences(leftOut))
        {
            warnings.Add(sentence);
        }

        return (kept, leftOut);
    }

    private static SelectionOutcome? OutcomeOf(InstanceHeader instance, IngestRules rules)
    {
        if (SopClasses.IsSecondaryCapture(instance) || (!rules.AdmitSecondary && instance.ImageType is [_, "SECONDARY", ..]))
        {
            return SelectionOutcome.Secondary;
        }

        if (instance.ImageType.Skip(2).Contains("LOCALIZER"))
        {
            return SelectionOutcome.Localizer;
        }

        if (SopClasses.IsWanted(instance) && instance.IsBurnedIn)
        {
            return SelectionOutcome.BurnedIn;
        }

        return !SopClasses.IsWanted(instance) || instance.Slices.Count > 0 ? null : instance.Packing switch
        {
            SlicePacking.Mosaic => SelectionOutcome.Mosaic,
            SlicePacking.Frames => SelectionOutcome.PackedFrames,
            _ => SelectionOutcome.NoPlace,
        };
    }
}
