namespace Radiomics.Cli.Extract.Batch;

/// <summary>
/// The output of a batch, line by line, in the order of the cases. A line that is in the file already at its place stays; from the first other one on the file is
/// written anew. So whatever was interrupted, the file is always the beginning of a result, and a torn last line goes away by itself.
/// </summary>
internal sealed class BatchFile : IDisposable
{
    private readonly FileStream _file;
    private readonly List<ReadOnlyMemory<byte>> _old = [];
    private int _next;
    private long _position;
    private bool _same = true;

    private BatchFile(FileStream file) => _file = file;

    /// <summary>The complete lines of an earlier run, with their line ends.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OldLines => _old;

    /// <summary>Opens the file, or makes it.</summary>
    public static BatchFile Open(string path)
    {
        var file = new BatchFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        var bytes = new byte[file._file.Length];
        file._file.ReadExactly(bytes);
        for (var start = 0; bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length; start += length + 1)
        {
            file._old.Add(bytes.AsMemory(start, length + 1));
        }

        return file;
    }

    /// <summary>Adds a line, which ends with a line feed; it is with the operating system when this returns.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        if (_same && _next < _old.Count && _old[_next].Span.SequenceEqual(line))
        {
            _next++;
            _position += line.Length;
            return;
        }

        Cut();
        _file.Write(line);
        _file.Flush();
    }

    /// <summary>Ends the file here.</summary>
    public void Finish() => Cut();

    public void Dispose() => _file.Dispose();

    private void Cut()
    {
        if (_same)
        {
            _file.SetLength(_position);
            _file.Position = _position;
            _same = false;
        }
    }
}
