using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Radiomics.Dicom;

/// <summary>The words that a description may keep: anatomy, sequences, orientations, vendors and their scanners. Anything else may be a name.</summary>
internal static partial class DescriptorWords
{
    private static readonly FrozenSet<string> _known = EmbeddedText.Read("Deidentification.descriptor-words.txt")
        .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word is known.</summary>
    public static bool Knows(string word) => _known.Contains(word);

    /// <summary>The known words of a text in their order, with single blanks or the underscores between them; empty if there is none.</summary>
    public static string Clean(string text)
    {
        var cleaned = new List<string>();
        foreach (var word in Words().EnumerateMatches(text))
        {
            var found = text.Substring(word.Index, word.Length);
            if (_known.Contains(found))
            {
                cleaned.Add(found);
            }
        }

        return string.Join(' ', cleaned);
    }

    /// <summary>What a word is: letters with their marks, and digits.</summary>
    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+")]
    public static partial Regex Words();
}
