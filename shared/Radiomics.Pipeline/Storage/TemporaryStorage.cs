namespace Radiomics.Pipeline;

/// <summary>
/// This process's one folder for temporary files, which may hold what a hospital sent: readable by this user alone, gone when disposed. A process that is
/// killed leaves its folder behind; <see cref="Sweep"/> of any later one removes it. Whether the owner lives is told by a lock that the system drops
/// when it dies, not by its process id: ids are given out again, and are others in each container that shares the disk.
/// </summary>
/// <param name="root">Where the folder is made, which other processes share.</param>
/// <param name="options">How much of the disk it may take; null: as is usual.</param>
/// <param name="clock">Tells how long a step has waited for room.</param>
/// <param name="prefix">How the folders of this kind of process are called, which sweeps its own kind's alone.</param>
public sealed class TemporaryStorage(string root, TemporaryOptions? options = null, TimeProvider? clock = null, string prefix = "radiomics-functions-") : IDisposable
{
    /// <summary>How many folders one sweep removes: what is left waits for the next.</summary>
    private const int MostSwept = 100;

    private const string LockName = "lock";

    private readonly Lock _gate = new();
    private DirectoryInfo? _folder;
    private FileStream? _lock;

    /// <summary>Below the system's folder for temporary files.</summary>
    public TemporaryStorage(TemporaryOptions? options = null, TimeProvider? clock = null)
        : this(Path.GetTempPath(), options, clock)
    {
    }

    /// <summary>The room that all its folders share.</summary>
    public TemporarySpace Space { get; } = new(() => new DriveInfo(root).AvailableFreeSpace, options ?? new(), clock);

    /// <summary>A new folder in this process's own.</summary>
    public TemporaryFolder NewFolder() => new(Own().CreateSubdirectory(Guid.NewGuid().ToString("N")), Space);

    /// <summary>Deletes what processes that no longer run have left; what can't be deleted, say another user's, stays.</summary>
    public void Sweep()
    {
        // The root may be open to everybody: a link in it is nobody's folder.
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories($"{prefix}*").Where(folder => folder.LinkTarget is null).Take(MostSwept).ToList())
        {
            try
            {
                // Whoever holds the lock lives, or sweeps just now. A folder without lock holds nothing yet.
                using (new FileStream(Path.Combine(folder.FullName, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    // The lock goes last: a sweep that dies on the way leaves a folder that the next one knows.
                    foreach (var step in folder.GetDirectories())
                    {
                        step.Delete(recursive: true);
                    }
                }

                folder.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not ours to delete.
            }
        }
    }

    /// <summary>Deletes the folder with all it holds.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _lock?.Dispose();
            _folder?.Delete(recursive: true);
            (_lock, _folder) = (null, null);
        }
    }

    private DirectoryInfo Own()
    {
        lock (_gate)
        {
            return _folder ??= Make();
        }
    }

    private DirectoryInfo Make()
    {
        var path = Path.Combine(root, $"{prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        var folder = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _lock = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        return folder;
    }
}
