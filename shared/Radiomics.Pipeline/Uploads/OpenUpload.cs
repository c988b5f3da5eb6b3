using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>An upload's local copy as ingest reads it.</summary>
public sealed class OpenUpload : IDisposable
{
    private readonly IDisposable[] _owned;

    private OpenUpload(IStudySource source, params IDisposable[] owned)
    {
        Source = source;
        _owned = owned;
    }

    /// <summary>The files in it.</summary>
    public IStudySource Source { get; }

    /// <summary>Closes and deletes the copy.</summary>
    public void Dispose()
    {
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }

    internal static OpenUpload Zip(TemporaryFolder folder, FileInfo zip, ArchiveLimits limits)
    {
        var stream = zip.OpenRead();
        try
        {
            var source = new ZipStudySource(stream, limits, folder.NewFile);
            return new OpenUpload(source, source, stream, folder);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    internal static OpenUpload Files(TemporaryFolder folder, IEnumerable<ListedFile> files, ArchiveLimits limits)
    {
        var source = new ListedStudySource(files, limits, folder.NewFile);
        return new(source, source, folder);
    }
}
