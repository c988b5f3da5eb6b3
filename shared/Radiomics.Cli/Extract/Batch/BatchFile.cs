using Radiomics.Cli.Output;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>
/// The output of a batch, line by line, in the order of the cases. A line that is in the file already at its place stays; from the first other one on the file is
/// written anew, and the old lines from there on are kept in a file beside it until all is done. So whatever was interrupted, the file is always the beginning of a
/// result, a torn last line goes away by itself, and no line of an earlier run is lost before it could be used again.
/// </summary>
internal sealed class BatchFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _restPath;
    private readonly List<ReadOnlyMemory<byte>> _old = [];
    private readonly int _inPlace;
    private int _next;
    private long _position;
    private bool _same = true;

    private BatchFile(FileStream file, bool resume)
    {
        (_file, _restPath) = (file, file.Name + ".rest");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        AddLines(bytes);
        Beginning = _old.Count > 0 ? _old[0] : bytes;
        _inPlace = _old.Count;
        if (resume && File.Exists(_restPath))
        {
            AddLines(File.ReadAllBytes(_restPath));
        }
    }

    /// <summary>The first line, or what there is of it.</summary>
    public ReadOnlyMemory<byte> Beginning { get; }

    /// <summary>The complete lines of earlier runs, with their line ends: those of the file, then those kept beside it.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OldLines => _old;

    /// <summary>Opens the file, or makes it; no other run can open it meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="resume">Whether lines kept beside it count.</param>
    /// <exception cref="CommandException"><c>OutputInUse</c>.</exception>
    public static BatchFile Open(string path, bool resume)
    {
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), resume);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
        {
            throw new CommandException(ExitCodes.Failed, "OutputInUse", "The output file can't be opened for writing: another run may be writing it.", e);
        }
    }

    /// <summary>Adds a line, which ends with a line feed; it is with the operating system when this returns.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        if (_same && _next < _inPlace && _old[_next].Span.SequenceEqual(line))
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
    public void Finish()
    {
        Cut();
        File.Delete(_restPath);
    }

    public void Dispose() => _file.Dispose();

    private void Cut()
    {
        if (!_same)
        {
            return;
        }

        if (_next < _old.Count)
        {
            KeepRest();
        }

        _file.SetLength(_position);
        _file.Position = _position;
        _same = false;
    }

    /// <summary>Under another name first, so that what was kept before stays whole if this is interrupted.</summary>
    private void KeepRest()
    {
        using (var rest = File.Create(_restPath + ".new"))
        {
            foreach (var line in _old[_next..])
            {
                rest.Write(line.Span);
            }
        }

        File.Move(_restPath + ".new", _restPath, overwrite: true);
    }

    private void AddLines(byte[] bytes)
    {
        for (var start = 0; bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length; start += length + 1)
        {
            _old.Add(bytes.AsMemory(start, length + 1));
        }
    }
}
