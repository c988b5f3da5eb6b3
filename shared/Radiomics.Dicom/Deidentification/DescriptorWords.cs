using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Radiomics.Dicom;

/// <summary>The words that a description may keep: anatomy, sequences, orientations, vendors and their scanners. Anything else may be a name.</summary>
internal static partial class DescriptorWords
{
    private static readonly FrozenSet<string> _known = Read();

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

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(DescriptorWords).Assembly.GetManifestResourceStream("Radiomics.Dicom.Deidentification.descriptor-words.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex Words();
}
