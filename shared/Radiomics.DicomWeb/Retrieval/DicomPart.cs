namespace Radiomics.DicomWeb;

/// <summary>One object of an answer: a DICOM file (PS3.10) as it arrives.</summary>
/// <param name="contentType">What the service says it is.</param>
/// <param name="content">Its bytes.</param>
/// <param name="answer">The answer it came in, if it is all of it.</param>
public sealed class DicomPart(string contentType, Stream content, IDisposable? answer = null) : IDisposable
{
    /// <summary>What the service says it is: <c>application/dicom</c>, perhaps with its transfer syntax.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>
    /// Its bytes, readable once and forwards, until the next object is asked for. A read throws <see cref="DicomServiceException"/>
    /// (<c>DicomServiceInterrupted</c>, <c>DicomServiceAnswerUnreadable</c>) if the answer ends before the object does.
    /// </summary>
    public Stream Content { get; } = content;

    /// <summary>Gives the connection back, where this object is all of the answer; where it is one of many, their enumerator does.</summary>
    public void Dispose() => answer?.Dispose();
}
