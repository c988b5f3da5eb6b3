using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>What an entry's name allows: a name that points outside the upload refuses all of it, clutter is passed over.</summary>
internal static class EntryNames
{
    private static readonly HashSet<string> _clutter =
        new(StringComparer.OrdinalIgnoreCase) { "DICOMDIR", "_ready", ".DS_Store", "Thumbs.db", "desktop.ini" };

    /// <summary>The name with <c>/</c> between folders: some tools for Windows write <c>\\</c> there, against APPNOTE.TXT 4.4.17.</summary>
    public static string Normal(string name) => name.Replace('\\', '/');

    /// <summary>The file's own name, without folders.</summary>
    public static string File(string name) => name[(name.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>Whether the entry may be a file of the study; <paramref name="name"/> in either form.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>UnsafeEntryName</c>: absolute, with a drive, <c>..</c> or a control character.
    /// </exception>
    public static bool MayBeDicom(string name)
    {
        name = Normal(name);
        var parts = name.Split('/');
        if (name.Length == 0 || name[0] == '/' || name.Any(char.IsControl)
            || parts.Contains("..") || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])))
        {
            throw Unsafe();
        }

        return !name.EndsWith('/')
            && !_clutter.Contains(parts[^1])
            && !parts[^1].StartsWith("._", StringComparison.Ordinal)
            && !parts.Contains("__MACOSX", StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The refusal of a name.</summary>
    public static RadiomicsException Unsafe() => new(
        "UnsafeEntryName",
        "The archive has an entry whose name points outside it (absolute path, drive, '..' or control character), or is longer than any path. Pack the study's folder again with a plain zip tool.");
}
