using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Images whose pixels may name the patient are left out of any study; where the sequence that must be there loses images by it, the study is refused.</summary>
internal static class BurnedInImages
{
    /// <summary>Refuses a study in which a required sequence has such images, or consists of them.</summary>
    /// <exception cref="RadiomicsException"><c>BurnedInAnnotation</c>.</exception>
    public static void Ensure(
        IReadOnlyList<LeftOutImage> leftOut, IReadOnlyList<NamedStack> named, IReadOnlyCollection<string> required, double? tesla, IngestRules rules)
    {
        var burnedIn = leftOut.Where(image => image.Outcome == SelectionOutcome.BurnedIn && image.Instance.Slices.Count > 0).Select(image => image.Instance);
        foreach (var stack in StackSplitter.SplitAll(burnedIn).SelectMany(series => series))
        {
            if (SequenceClassifier.NameOf(stack, tesla, rules) is { } name
                && required.Contains(name)
                && named.FirstOrDefault(taken => taken.Name == name) is var chosen
                && (chosen is null || chosen.Stack.Series.SeriesUid == stack.Series.SeriesUid))
            {
                throw Refusal(stack.Slices.Count, $"{name} ({SeriesNumbers.Of([stack.Series])})");
            }
        }
    }

    /// <summary>Says how many images of what.</summary>
    public static RadiomicsException Refusal(int images, string of) => new(
        "BurnedInAnnotation",
        $"{images} images of {of} have annotation burned into their pixels (BurnedInAnnotation YES), which may name the patient. Send the series as acquired, without annotation.");
}
