using System.Runtime.CompilerServices;
using Azure;
using Microsoft.AspNetCore.WebUtilities;
using Radiomics.DicomWeb.Http;

namespace Radiomics.DicomWeb.Multipart;

/// <summary>The objects in an answer to a retrieval: <c>multipart/related</c> (PS3.18 section 8.6.1.2.1), or one alone.</summary>
internal static class MultipartAnswer
{
    private const string Dicom = "application/dicom";

    // What the network gives at a time; a part's reader looks for the boundary in no more than this.
    private const int BufferBytes = 128 << 10;

    /// <summary>Reads an answer's objects one after the other, never holding more than a buffer of them.</summary>
    /// <exception cref="DicomServiceException"><c>DicomServiceAnswerUnreadable</c>, <c>DicomServiceInterrupted</c>.</exception>
    public static async IAsyncEnumerable<DicomPart> ReadAsync(Response response, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var status = response.Status;
        if (status == 204)
            yield break;

        var contentType = response.Headers.ContentType ?? "";
        var type = MultipartType.Parse(contentType);
        var body = new AnswerStream(response.ContentStream ?? Stream.Null, status);
        if (type.MediaType == Dicom)
        {
            yield return new DicomPart(contentType, body);
            yield break;
        }

        if (!type.IsMultipart)
            throw Answers.Unreadable(status, "it holds no DICOM objects");
        if (!type.HasUsableBoundary)
            throw Answers.Unreadable(status, "it doesn't say where its parts end");

        var reader = new MultipartReader(type.Boundary!, body, BufferBytes);
        while (await NextAsync(reader, body, cancellation) is { } section)
        {
            var part = section.ContentType ?? Dicom;
            if (MultipartType.Parse(part).MediaType != Dicom)
                throw body.Malformed("a part of it is no DICOM object");
            // It ends with the turn of the next one, which the reader goes on to.
            await using var content = new AnswerStream(section.Body, status, body);
            yield return new DicomPart(part, content);
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, AnswerStream body, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellation);
        }
        catch (Exception e) when (AnswerStream.IsOfTheAnswer(e))
        {
            throw body.Explain(e, cancellation);
        }
    }
}
