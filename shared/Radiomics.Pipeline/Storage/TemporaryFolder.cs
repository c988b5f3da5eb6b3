namespace Radiomics.Pipeline;

/// <summary>A folder of this machine for one step's large files, readable by this user alone; gone when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    internal TemporaryFolder(DirectoryInfo folder) => _folder = folder;

    /// <summary>A file in it, which needn't exist yet.</summary>
    public FileInfo File(string name) => new(Path.Combine(_folder.FullName, name));

    /// <summary>A new file in it, open to be written, read and sought in.</summary>
    public Stream NewFile() => File(Guid.NewGuid().ToString("N")).Open(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Deletes it with all it holds.</summary>
    public void Dispose() => _folder.Delete(recursive: true);
}
