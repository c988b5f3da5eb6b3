using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using FellowOakDicom;
using FellowOakDicom.Serialization;
using Radiomics.DicomWeb.Http;
using Radiomics.DicomWeb.Multipart;

namespace Radiomics.DicomWeb.Search;

/// <summary>Answers in the DICOM JSON model (PS3.18 annex F).</summary>
internal static class DicomJsonAnswer
{
    public const string MediaType = "application/dicom+json";

    private static readonly JsonSerializerOptions s_options = new() { MaxDepth = 256, DefaultBufferSize = 64 << 10 };

    /// <summary>The datasets of an answer that is an array, one after the other as they arrive.</summary>
    /// <exception cref="DicomServiceException"><c>DicomServiceAnswerUnreadable</c>, <c>DicomServiceInterrupted</c>.</exception>
    public static async IAsyncEnumerable<DicomDataset> ReadArrayAsync(Response response, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (response.Status == 204)
            yield break;

        var body = Body(response);
        await using var elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, s_options, cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(elements, response.Status))
        {
            body.Renew();
            yield return Dataset(elements.Current, response.Status);
        }
    }

    /// <summary>The dataset of an answer that is one object.</summary>
    /// <exception cref="DicomServiceException"><c>DicomServiceAnswerUnreadable</c>, <c>DicomServiceInterrupted</c>.</exception>
    public static async Task<DicomDataset> ReadObjectAsync(Response response, CancellationToken cancellation)
    {
        try
        {
            return Dataset(await JsonSerializer.DeserializeAsync<JsonElement>(Body(response), s_options, cancellation), response.Status);
        }
        catch (JsonException e)
        {
            throw Answers.Unreadable(response.Status, "it is no DICOM JSON", e);
        }
    }

    private static LimitedStream Body(Response response)
    {
        var type = MultipartType.Parse(response.Headers.ContentType).MediaType;
        return type.EndsWith("json", StringComparison.Ordinal)
            ? new LimitedStream(new AnswerStream(response.ContentStream ?? Stream.Null, response.Status), response.Status)
            : throw Answers.Unreadable(response.Status, "it is no DICOM JSON");
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<JsonElement> elements, int status)
    {
        try
        {
            return await elements.MoveNextAsync();
        }
        catch (JsonException e)
        {
            throw Answers.Unreadable(status, "it is no DICOM JSON", e);
        }
    }

    private static DicomDataset Dataset(JsonElement json, int status)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Answers.Unreadable(status, "it is no DICOM JSON");
        try
        {
            return DicomJson.ConvertJsonToDicom(json.GetRawText(), autoValidate: false);
        }
        // The toolkit has a parser for each representation, and each throws what its own parts throw.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Answers.Unreadable(status, "an attribute in it has another value than its representation allows", e);
        }
    }
}
