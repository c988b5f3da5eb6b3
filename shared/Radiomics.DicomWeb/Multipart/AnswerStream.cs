using Radiomics.DicomWeb.Http;

namespace Radiomics.DicomWeb.Multipart;

/// <summary>Reads on in an answer's body, and says in the client's words when it breaks off or can't be read.</summary>
internal sealed class AnswerStream(Stream inner, int status) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What an exception from below means.</summary>
    public static Exception Explain(Exception e, int status, CancellationToken cancellation) => e switch
    {
        DicomServiceException => e,
        InvalidDataException => Answers.Unreadable(status, "its parts aren't where the boundary says", e),
        OperationCanceledException when cancellation.IsCancellationRequested => e,
        _ => Answers.Interrupted(status, e),
    };

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (Exception e) when (IsOfTheAnswer(e))
        {
            throw Explain(e, status, CancellationToken.None);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (IsOfTheAnswer(e))
        {
            throw Explain(e, status, cancellationToken);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public static bool IsOfTheAnswer(Exception e) => e is IOException or InvalidDataException or HttpRequestException or OperationCanceledException or ObjectDisposedException;
}
