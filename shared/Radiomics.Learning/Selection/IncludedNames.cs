using System.Text.RegularExpressions;
using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>The features to choose from, by regular expressions over the whole name.</summary>
internal static class IncludedNames
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Whether each name matches one of the patterns; all do where there is none. <c>SelectionPatternInvalid</c> where a pattern can't be read or takes too long.</summary>
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
            try
            {
                // Without backtracking matching takes the same few microseconds for any pattern; the time limit is for what no one thought of.
                var regex = new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout);
                for (var i = 0; i < included.Length; i++)
                {
                    included[i] = included[i] || regex.IsMatch(names[i]);
                }
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
            {
                throw new RadiomicsException(
                    "SelectionPatternInvalid",
                    $"The pattern '{pattern}' in the protocol's selection.include isn't a regular expression, or one with look-around or back-references. Correct it and send the request again.",
                    exception);
            }
        }

        return included;
    }
}
