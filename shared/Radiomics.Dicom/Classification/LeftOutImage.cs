namespace Radiomics.Dicom;

/// <summary>An image that is no part of any volume, and why.</summary>
internal sealed record LeftOutImage(InstanceHeader Instance, SelectionOutcome Outcome)
{
    /// <summary>The frame of the object that is left out; null if it is the whole.</summary>
    public PlacelessFrame? Frame { get; init; }

    /// <summary>The reason as the end of a sentence about images or series.</summary>
    public static string Reason(SelectionOutcome outcome) => outcome switch
    {
        SelectionOutcome.Localizer => "localizers",
        SelectionOutcome.Secondary => "secondary images (ImageType SECONDARY: computed for people to look at)",
        SelectionOutcome.BurnedIn => "images with annotation burned into their pixels (BurnedInAnnotation YES), which may name the patient",
        SelectionOutcome.Mosaic => "mosaics: several slices lie side by side in one image",
        SelectionOutcome.PackedFrames => "multi-frame images of the classic MR class, whose frames nothing describes",
        _ => "images whose headers give no position, orientation, pixel spacing or size (ImagePositionPatient, ImageOrientationPatient, PixelSpacing, Rows, Columns)",
    };

    /// <summary>What was left out of an upload, as sentences with the numbers of the series.</summary>
    public static IEnumerable<string> Sentences(IEnumerable<LeftOutImage> images) => images
        .GroupBy(image => image.Outcome)
        .OrderBy(group => group.Key)
        .Select(group => $"Left out: {group.Count()} {Reason(group.Key)}, of {SeriesNumbers.Of(group.Select(image => image.Instance))}.");
}
