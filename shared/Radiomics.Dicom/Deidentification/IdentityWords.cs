using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// The words of an object's own identity: of its names, ids, addresses and institutions. Where one of them turns up in a value that would stay, such as a
/// defined term that somebody made of a name, that value goes.
/// </summary>
internal sealed class IdentityWords
{
    private const int Shortest = 3;

    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);

    public IdentityWords(DicomDataset dataset) => Collect(dataset);

    /// <summary>Whether a value holds one of them.</summary>
    public bool AreIn(string value)
    {
        if (_words.Count == 0 || value.Length < Shortest)
        {
            return false;
        }

        foreach (var word in _words)
        {
            if (value.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void Collect(DicomDataset dataset)
    {
        foreach (var item in dataset)
        {
            if (item is DicomSequence sequence)
            {
                foreach (var nested in sequence.Items)
                {
                    Collect(nested);
                }
            }
            else if (IsIdentity(item) && dataset.TryGetValues<string>(item.Tag, out var values))
            {
                foreach (var value in values)
                {
                    Add(value ?? "");
                }
            }
        }
    }

    private void Add(string value)
    {
        foreach (var match in DescriptorWords.Words().EnumerateMatches(value))
        {
            // Short numbers, and words that a description may keep, are in too many values that say nothing of anybody.
            var word = value.Substring(match.Index, match.Length);
            if (word.Length >= (word.All(char.IsAsciiDigit) ? 2 * Shortest : Shortest) && !DescriptorWords.Knows(word))
            {
                _words.Add(word);
            }
        }
    }

    private static bool IsIdentity(DicomItem item)
    {
        var vr = item.ValueRepresentation;
        return vr == DicomVR.PN
            || (vr == DicomVR.LO || vr == DicomVR.SH || vr == DicomVR.ST || vr == DicomVR.LT || vr == DicomVR.AE)
                && ConfidentialityProfile.ActionOf(item.Tag, vr) is ConfidentialityAction.Remove or ConfidentialityAction.Empty or ConfidentialityAction.Replace
                && !item.Tag.IsPrivate;
    }
}
