using System.Text.RegularExpressions;
using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>The features to choose from, by regular expressions over the whole name.</summary>
internal static class IncludedNames
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Whether each name matches one of the patterns; all do where there is none. <c>InvalidProtocol</c> as <see cref="Read"/> has it.</summary>
    public static bool[] Match(IReadOnlyList<string> names, IReadOnlyList<string> patterns)
    {
        var included = new bool[names.Count];
        if (patterns.Count == 0)
        {
            Array.Fill(included, true);
            return included;
        }

        foreach (var pattern in patterns)
        {
            var regex = Read(pattern);
            for (var i = 0; i < included.Length; i++)
            {
                included[i] = included[i] || regex.IsMatch(names[i]);
            }
        }

        return included;
    }

    /// <summary>
    /// A pattern, to be matched by whole names. Without backtracking matching takes the same few microseconds for any pattern.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>InvalidProtocol</c>: not a regular expression, or one with look-around or back-references.</exception>
    public static Regex Read(string pattern)
    {
        try
        {
            // Alone first: 'a)|(?:b' is none, but would be one between the anchors.
            _ = new Regex(pattern, Options);
            return new Regex($@"\A(?:{pattern})\z", Options);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new RadiomicsException(
                "InvalidProtocol",
                $"The protocol can't be used. '{pattern}' in 'selection.include' isn't a regular expression, or one with look-around or back-references.",
                exception);
        }
    }
}
