using Radiomics.Extraction;

namespace Radiomics.DicomWeb;

/// <summary>UIDs on their way into a URL (PS3.5 section 9.1).</summary>
internal static class DicomUids
{
    private const int LongestUid = 64;

    /// <summary>The UID, if it is made of numbers between dots. Leading zeros, which the standard forbids, are let through: devices write them.</summary>
    /// <exception cref="RadiomicsException"><c>UidInvalid</c>.</exception>
    public static string Require(string uid)
    {
        var valid = uid is { Length: > 0 and <= LongestUid }
            && uid.AsSpan().IndexOfAnyExcept("0123456789.") < 0
            && uid[0] != '.' && uid[^1] != '.'
            && !uid.Contains("..", StringComparison.Ordinal);
        return valid ? uid : throw new RadiomicsException("UidInvalid", "A UID is at most 64 digits and dots, each dot between digits.");
    }
}
