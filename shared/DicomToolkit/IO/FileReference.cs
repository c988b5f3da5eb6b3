namespace FellowOakDicom.IO;

/// <summary>A file by its name.</summary>
public interface IFileReference
{
    string Name { get; }

    bool Exists { get; }

    Stream OpenRead();

    void Delete();
}

/// <summary>A file of the local file system.</summary>
public sealed class FileReference(string fileName) : IFileReference
{
    public string Name { get; private set; } = fileName;

    public bool Exists => File.Exists(Name);

    public Stream OpenRead() => new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);

    public void Delete() => File.Delete(Name);

    public override string ToString() => Name;
}
