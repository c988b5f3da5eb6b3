using Radiomics.Cli.Output;
using Radiomics.Dicom;

namespace Radiomics.Cli.Client;

/// <summary>A study of this machine that a command reads without any service: a zip, a folder, or one DICOM file.</summary>
internal sealed class LocalStudy : IDisposable
{
    private readonly FileStream? _zip;

    /// <exception cref="CommandException"><c>FileNotFound</c>.</exception>
    /// <exception cref="Extraction.RadiomicsException"><c>NotAZip</c>, <c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public LocalStudy(string path)
    {
        if (Directory.Exists(path))
        {
            Source = FolderStudySource.Create(path, ArchiveLimits.OfATool);
            return;
        }

        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no folder or file '{path}'.");
        }

        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && !IsZip(path))
        {
            Source = new ListedStudySource([new ListedFile("file", () => File.OpenRead(path))], ArchiveLimits.OfATool);
            return;
        }

        _zip = File.OpenRead(path);
        try
        {
            Source = new ZipStudySource(_zip, ArchiveLimits.OfATool);
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <summary>Its files.</summary>
    public IStudySource Source { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        ((IDisposable)Source).Dispose();
        _zip?.Dispose();
    }

    private static bool IsZip(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("PK\u0003\u0004"u8);
    }
}
