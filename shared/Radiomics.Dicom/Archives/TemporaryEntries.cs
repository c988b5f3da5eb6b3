namespace Radiomics.Dicom;

/// <summary>Files for entries that are too large for the memory. Nobody else can open one, and none outlives its upload, or the process where the system lets an open file be deleted.</summary>
/// <param name="create">Makes one; in the system's folder for temporary files if null.</param>
internal sealed class TemporaryEntries(Func<Stream>? create) : IDisposable
{
    private readonly List<Stream> _open = [];

    /// <summary>A new file, to be written, read and sought in.</summary>
    public Stream Create()
    {
        var stream = create is null ? Create(Path.Combine(Path.GetTempPath(), $"radiomics-{Guid.NewGuid():N}")) : create();
        _open.Add(stream);
        return stream;
    }

    /// <summary>A file of this path.</summary>
    public static Stream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.Share = FileShare.Delete;
        options.Options = FileOptions.None;
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(path, options);
        File.Delete(path);
        return stream;
    }

    /// <summary>Closes, and so deletes them.</summary>
    public void Dispose() => _open.ForEach(stream => stream.Dispose());
}
