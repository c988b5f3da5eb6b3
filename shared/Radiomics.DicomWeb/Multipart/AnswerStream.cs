using Radiomics.DicomWeb.Http;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb.Multipart;

/// <summary>Reads on in an answer's body, and says in the client's words when it breaks off or can't be read.</summary>
/// <param name="inner">The body, or a part of it.</param>
/// <param name="status">The answer's status.</param>
/// <param name="whole">The body that this is a part of; null if it is all.</param>
internal sealed class AnswerStream(Stream inner, int status, AnswerStream? whole = null) : ForwardStream
{
    private bool _isOver;
    private bool _hasEnded;

    public override bool CanRead => !_isOver;

    /// <summary>Whether an exception from below is about the answer.</summary>
    public static bool IsOfTheAnswer(Exception e) => e is IOException or InvalidDataException or HttpRequestException or OperationCanceledException;

    /// <summary>What such an exception means. Parts that make no sense do so most often because the body ended in the middle of them.</summary>
    public Exception Explain(Exception e, CancellationToken cancellation) => e switch
    {
        OperationCanceledException when cancellation.IsCancellationRequested => e,
        InvalidDataException when !(whole ?? this)._hasEnded => Answers.Unreadable(status, "its parts aren't where the boundary says", e),
        _ => Answers.Interrupted(status, e),
    };

    /// <summary>The error of a body that isn't as the standard says, or was on the way there when it ended.</summary>
    public DicomServiceException Malformed(string what) => _hasEnded
        ? Answers.Interrupted(status, new EndOfStreamException())
        : Answers.Unreadable(status, what);

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        try
        {
            return Note(inner.Read(buffer), buffer.Length);
        }
        catch (Exception e) when (IsOfTheAnswer(e))
        {
            throw Explain(e, CancellationToken.None);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Note(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (Exception e) when (IsOfTheAnswer(e))
        {
            throw Explain(e, cancellationToken);
        }
    }

    /// <summary>Ends this view of the answer, so that what is left of an object isn't taken for its end; the answer itself goes on.</summary>
    protected override void Dispose(bool disposing)
    {
        _isOver = true;
        base.Dispose(disposing);
    }

    private int Note(int read, int wanted)
    {
        _hasEnded |= read == 0 && wanted > 0;
        return read;
    }
}
