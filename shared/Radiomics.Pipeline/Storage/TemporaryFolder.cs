namespace Radiomics.Pipeline;

/// <summary>
/// A folder of this machine for one step's large files, readable by this user alone; gone when disposed. What is written to its files is set aside first: what the step has reserved, then more as it comes.
/// </summary>
public sealed class TemporaryFolder : IDisposable
{
    // Room for more is asked for in pieces, since it isn't known how much comes.
    private const long PieceBytes = 16 << 20;

    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder;
    private readonly TemporarySpace _space;
    private long _taken;
    private long _written;

    internal TemporaryFolder(DirectoryInfo folder, TemporarySpace space) => (_folder, _space) = (folder, space);

    /// <summary>A file in it, which needn't exist yet. Whoever writes it calls <see cref="Create(string)"/>.</summary>
    public FileInfo File(string name) => new(Path.Combine(_folder.FullName, name));

    /// <summary>Makes a file of it, to be written, read and sought in.</summary>
    /// <exception cref="TemporarySpaceException">By writes: there is no room.</exception>
    public Stream Create(string name) => new TemporaryFile(this, Path.Combine(_folder.FullName, name));

    /// <summary>A new file in it, open to be written, read and sought in.</summary>
    /// <inheritdoc cref="Create"/>
    public Stream NewFile() => Create(Guid.NewGuid().ToString("N"));

    /// <summary>Sets room aside for what is going to be written, if there is some now.</summary>
    public bool TryReserve(long bytes) => _space.TryTake(bytes) && Took(bytes);

    /// <summary>The same, once there is some. To be asked before anything is written.</summary>
    /// <exception cref="TemporarySpaceException">There was none for as long as anybody waits.</exception>
    public async Task ReserveAsync(long bytes, CancellationToken cancellation = default)
    {
        await _space.TakeAsync(bytes, cancellation);
        Took(bytes);
    }

    /// <summary>Deletes a file of it; the room stays reserved for others of its files.</summary>
    public void Delete(FileInfo file)
    {
        file.Refresh();
        var bytes = file.Length;
        file.Delete();
        Freed(bytes);
    }

    /// <summary>Deletes it with all it holds.</summary>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        finally
        {
            lock (_gate)
            {
                _space.Return(_taken, _written);
                (_taken, _written) = (0, 0);
            }
        }
    }

    /// <summary>Is told before a file of it grows.</summary>
    internal void Grow(long bytes)
    {
        // Its files may be written at the same time; whoever waits for room for one holds up the others, which need some as well.
        lock (_gate)
        {
            var lacking = _written + bytes - _taken;
            if (lacking > 0)
            {
                var piece = Math.Max(lacking, PieceBytes);
                _space.TakeMore(piece);
                _taken += piece;
            }

            _written += bytes;
            _space.Written(bytes);
        }
    }

    /// <summary>Is told when a file of it has become smaller.</summary>
    internal void Freed(long bytes)
    {
        lock (_gate)
        {
            _written -= bytes;
            _space.Written(-bytes);
        }
    }

    private bool Took(long bytes)
    {
        lock (_gate)
        {
            _taken += bytes;
        }

        return true;
    }
}
