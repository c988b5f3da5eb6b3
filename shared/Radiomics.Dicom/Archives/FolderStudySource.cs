namespace Radiomics.Dicom;

/// <summary>A folder of this machine, with all folders below it. Links are not followed.</summary>
public static class FolderStudySource
{
    private static readonly EnumerationOptions _everyFile = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Lists the files below <paramref name="folder"/>, in ordinal order of their paths.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public static ListedStudySource Create(string folder, ArchiveLimits? limits = null)
    {
        var paths = Directory.GetFiles(folder, "*", _everyFile);
        Array.Sort(paths, StringComparer.Ordinal);
        return new ListedStudySource(
            paths.Select(path => new ListedFile(
                Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'),
                () => File.OpenRead(path))),
            limits);
    }
}
