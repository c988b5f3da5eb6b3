namespace Radiomics.Pipeline;

/// <summary>A file that asks its folder for room before it grows.</summary>
internal sealed class TemporaryFile(TemporaryFolder folder, string path) : FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None)
{
    private long _length;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Grow(buffer.Length);
        base.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Grow(count);
        base.Write(buffer, offset, count);
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value)
    {
        Grow(1);
        base.WriteByte(value);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Grow(count);
        return base.WriteAsync(buffer, offset, count, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Grow(buffer.Length);
        return base.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        if (value < _length)
        {
            base.SetLength(value);
            folder.Freed(_length - value);
        }
        else
        {
            folder.Grow(value - _length);
            base.SetLength(value);
        }

        _length = value;
    }

    // What is overwritten was counted when it was written.
    private void Grow(int count)
    {
        if (Position + count - _length is > 0 and var more)
        {
            folder.Grow(more);
            _length += more;
        }
    }
}
