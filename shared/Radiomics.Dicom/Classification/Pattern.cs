using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Radiomics.Dicom;

/// <summary>
/// The regular expressions of center profiles. A profile has more than the library's own cache keeps, and each is asked of every series; how many there are
/// is up to the profiles, so all are kept.
/// </summary>
internal static class Pattern
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(1);

    private static readonly ConcurrentDictionary<string, Regex> _known = new(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="pattern"/> is found, without regard to case; one that runs out of time isn't.</summary>
    public static bool Fits(string? text, string pattern)
    {
        try
        {
            return text is not null && _known.GetOrAdd(pattern, Made).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Made(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _timeout);
}
