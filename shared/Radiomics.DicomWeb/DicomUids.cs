using System.Diagnostics.CodeAnalysis;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb;

/// <summary>UIDs as they come from outside (PS3.5 section 9.1).</summary>
public static class DicomUids
{
    private const int LongestUid = 64;

    /// <summary>Whether it is at most 64 characters, numbers between dots. Leading zeros, which the standard forbids, are let through: devices write them.</summary>
    public static bool IsValid([NotNullWhen(true)] string? uid) =>
        uid is { Length: > 0 and <= LongestUid }
        && uid.AsSpan().IndexOfAnyExcept("0123456789.") < 0
        && uid[0] != '.' && uid[^1] != '.'
        && !uid.Contains("..", StringComparison.Ordinal);

    /// <summary>The UID, if it is valid, on its way into a URL.</summary>
    /// <exception cref="RadiomicsException"><c>UidInvalid</c>.</exception>
    internal static string Require(string uid) =>
        IsValid(uid) ? uid : throw new RadiomicsException("UidInvalid", "A UID is at most 64 digits and dots, each dot between digits.");
}
