using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Maps;

/// <summary>
/// Writes the images of a run as NIfTI files, <c>{name}.nii.gz</c>, into a folder. They are gathered beside it first, so that the folder is whole or isn't there.
/// </summary>
internal sealed class MapFolder : IExtractionMaps, IDisposable
{
    private readonly string _folder;
    private readonly string _unfinished;

    private MapFolder(string folder, double? margin)
    {
        (_folder, _unfinished, Margin) = (folder, folder + ".part", margin);
        Delete(_unfinished);
        Directory.CreateDirectory(_unfinished);
    }

    public double? Margin { get; }

    /// <summary>A folder for one case: empty, or not there yet.</summary>
    /// <exception cref="CommandException"><c>OutputExists</c>.</exception>
    public static MapFolder Create(string path, double? margin)
    {
        EnsureEmpty(path);
        return new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), margin);
    }

    /// <summary>A part of a run's folder, by the name of the case or sequence; what an earlier run left there goes once this is whole.</summary>
    public static MapFolder Within(string folder, string name, double? margin) => new(PathOf(folder, name), margin);

    /// <summary>Where the maps of a case or sequence lie.</summary>
    public static string PathOf(string folder, string name) => Path.Combine(Path.GetFullPath(folder), FileNameOf(name));

    /// <summary>Refuses a folder that has something in it, so that maps of one run never lie among others'.</summary>
    /// <exception cref="CommandException"><c>OutputExists</c>.</exception>
    public static void EnsureEmpty(string path)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new CommandException(ExitCodes.Usage, "OutputExists", "The folder for the maps is there already and isn't empty; empty it, or name another one.");
        }
    }

    public void Add(string name, Volume map)
    {
        using var file = Open(name);
        NiftiFile.Write(file, map);
    }

    public void Add(string name, Mask mask)
    {
        using var file = Open(name);
        NiftiFile.Write(file, mask);
    }

    /// <summary>The run is done: the folder takes its name.</summary>
    public void Finish()
    {
        Delete(_folder);
        Directory.Move(_unfinished, _folder);
    }

    public void Dispose() => Delete(_unfinished);

    private FileStream Open(string name) => File.Create(Path.Combine(_unfinished, FileNameOf(name) + ".nii.gz"));

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What no file name may have, and a dot at its beginning, is written as in addresses: two names never become one.</summary>
    private static string FileNameOf(string name) => string.Concat(name.Select((c, i) =>
        char.IsLetterOrDigit(c) || c is '-' or '_' or ' ' || (c == '.' && i > 0) ? c.ToString() : c <= 0xFF ? $"%{(int)c:X2}" : $"%u{(int)c:X4}"));
}
