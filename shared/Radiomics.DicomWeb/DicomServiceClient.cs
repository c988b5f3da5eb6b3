using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using FellowOakDicom;
using Radiomics.DicomWeb.Http;
using Radiomics.DicomWeb.Multipart;
using Radiomics.DicomWeb.Search;
using Radiomics.DicomWeb.Storing;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb;

/// <summary>
/// A client of a DICOM service: DICOMweb's studies service (PS3.18 chapter 10) as Azure Health Data Services offers it, and any other DICOMweb server.
/// Objects stream through it in both directions, whatever their size. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Requests are tried again by the options' <see cref="ClientOptions.Retry"/> until an answer has begun. An answer that breaks off is a
/// <see cref="DicomServiceException"/> (<c>DicomServiceInterrupted</c>) to whoever reads it. Every method throws <see cref="DicomServiceException"/> when
/// the service doesn't do what is asked, and <see cref="RadiomicsException"/> (<c>UidInvalid</c>) for what is no UID.
/// </remarks>
public sealed class DicomServiceClient
{
    private const string DicomObjects = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

    private readonly DicomPipeline _pipeline;
    private readonly DicomServiceClientOptions _options;

    /// <summary>A client that shows who it is.</summary>
    /// <param name="endpoint">The service's address, without version and partition, e.g. <c>https://{workspace}-{service}.dicom.azurehealthcareapis.com</c>.</param>
    /// <param name="credential">Whose token is sent; only over TLS.</param>
    /// <param name="options">Version, partition, hosts, retries.</param>
    /// <exception cref="RadiomicsException"><c>DicomServiceNotAllowed</c>: the options' hosts don't include that address.</exception>
    public DicomServiceClient(Uri endpoint, TokenCredential credential, DicomServiceClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _options = options ?? new();
        _pipeline = new DicomPipeline(endpoint, credential, _options);
    }

    /// <summary>A client of a server that asks for nobody's name, on this machine or behind something that does.</summary>
    /// <inheritdoc cref="DicomServiceClient(Uri, TokenCredential, DicomServiceClientOptions?)"/>
    public DicomServiceClient(Uri endpoint, DicomServiceClientOptions? options = null)
    {
        _options = options ?? new();
        _pipeline = new DicomPipeline(endpoint, null, _options);
    }

    /// <summary>Studies that match, with the attributes that the service gives for them.</summary>
    public AsyncPageable<DicomDataset> SearchStudiesAsync(DicomQuery? query = null, CancellationToken cancellationToken = default) =>
        new SearchResults(_pipeline, SearchRequest.Studies(query ?? new()), cancellationToken);

    /// <summary>Series that match; of one study if the query names it.</summary>
    public AsyncPageable<DicomDataset> SearchSeriesAsync(DicomQuery? query = null, CancellationToken cancellationToken = default) =>
        new SearchResults(_pipeline, SearchRequest.Series(query ?? new()), cancellationToken);

    /// <summary>Instances that match; of one study or series if the query names it.</summary>
    public AsyncPageable<DicomDataset> SearchInstancesAsync(DicomQuery? query = null, CancellationToken cancellationToken = default) =>
        new SearchResults(_pipeline, SearchRequest.Instances(query ?? new()), cancellationToken);

    /// <summary>All instances of a study as the service keeps them, in no particular order. Each must be read before the next is asked for.</summary>
    /// <exception cref="DicomServiceException"><c>StudyNotFound</c> and what else the service may say.</exception>
    public IAsyncEnumerable<DicomPart> RetrieveStudyAsync(string studyUid, CancellationToken cancellationToken = default) =>
        PartsAsync(DicomRoute.Study(studyUid), cancellationToken);

    /// <summary>All instances of a series as the service keeps them, in no particular order. Each must be read before the next is asked for.</summary>
    /// <exception cref="DicomServiceException"><c>SeriesNotFound</c> and what else the service may say.</exception>
    public IAsyncEnumerable<DicomPart> RetrieveSeriesAsync(string studyUid, string seriesUid, CancellationToken cancellationToken = default) =>
        PartsAsync(DicomRoute.Series(studyUid, seriesUid), cancellationToken);

    /// <summary>One instance as the service keeps it; to be disposed of.</summary>
    /// <exception cref="DicomServiceException"><c>InstanceNotFound</c> and what else the service may say.</exception>
    public async Task<DicomPart> RetrieveInstanceAsync(string studyUid, string seriesUid, string instanceUid, CancellationToken cancellationToken = default)
    {
        var route = DicomRoute.Instance(studyUid, seriesUid, instanceUid);
        var message = _pipeline.Create(RequestMethod.Get, route, DicomObjects);
        try
        {
            var response = await AnswerAsync(message, route, cancellationToken);
            // Not disposed of: the part would end with it.
            var parts = MultipartAnswer.ReadAsync(response, cancellationToken).GetAsyncEnumerator(cancellationToken);
            return await parts.MoveNextAsync()
                ? new DicomPart(parts.Current.ContentType, parts.Current.Content, message)
                : throw Answers.Unreadable(response.Status, "it holds no DICOM objects");
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>The attributes of all instances of a study but for pixels and other bulk data, as they arrive.</summary>
    /// <exception cref="DicomServiceException"><c>StudyNotFound</c> and what else the service may say.</exception>
    public IAsyncEnumerable<DicomDataset> RetrieveStudyMetadataAsync(string studyUid, CancellationToken cancellationToken = default) =>
        MetadataAsync(DicomRoute.Study(studyUid), cancellationToken);

    /// <summary>The attributes of all instances of a series but for pixels and other bulk data, as they arrive.</summary>
    /// <exception cref="DicomServiceException"><c>SeriesNotFound</c> and what else the service may say.</exception>
    public IAsyncEnumerable<DicomDataset> RetrieveSeriesMetadataAsync(string studyUid, string seriesUid, CancellationToken cancellationToken = default) =>
        MetadataAsync(DicomRoute.Series(studyUid, seriesUid), cancellationToken);

    /// <summary>The attributes of an instance but for pixels and other bulk data.</summary>
    /// <exception cref="DicomServiceException"><c>InstanceNotFound</c> and what else the service may say.</exception>
    public async Task<DicomDataset> RetrieveInstanceMetadataAsync(string studyUid, string seriesUid, string instanceUid, CancellationToken cancellationToken = default)
    {
        await foreach (var dataset in MetadataAsync(DicomRoute.Instance(studyUid, seriesUid, instanceUid), cancellationToken))
            return dataset;
        throw Answers.Unreadable(200, "it holds no attributes");
    }

    /// <summary>
    /// Stores instances. A request that failed may have stored some of them; sending them again is harmless, since those come back as stored already
    /// (<see cref="FailedInstance.IsAlreadyStored"/>).
    /// </summary>
    /// <param name="items">The instances, of any studies.</param>
    /// <param name="studyUid">The study that all must belong to; those of others fail. Null takes all.</param>
    /// <param name="cancellationToken">Ends it; what was stored stays.</param>
    /// <returns>What became of each. That all failed is a result, too.</returns>
    /// <exception cref="DicomServiceException">The service didn't take the request at all.</exception>
    public async Task<StoreResult> StoreAsync(IEnumerable<StoreItem> items, string? studyUid = null, CancellationToken cancellationToken = default)
    {
        var route = studyUid is null ? DicomRoute.Studies : DicomRoute.Study(studyUid) with { NotFound = "DicomServiceRefused" };
        var results = new List<StoreResult>();
        foreach (var batch in StoreBatches.Of(items, _options.StoreRequestBytes))
        {
            using var message = _pipeline.Create(RequestMethod.Post, route, DicomJsonAnswer.MediaType);
            var content = new StoreContent(batch);
            message.NetworkTimeout = _options.StoreTimeout;
            message.Request.Content = content;
            message.Request.Headers.SetValue("Content-Type", content.ContentType);
            results.Add(await StoreAnswer.ReadAsync(await _pipeline.SendAsync(message, cancellationToken), route, cancellationToken));
        }

        return StoreResult.Of(results);
    }

    /// <summary>Deletes a study for good (a transaction of Azure's, not of the standard). Returns whether it was there.</summary>
    public Task<bool> DeleteStudyAsync(string studyUid, CancellationToken cancellationToken = default) =>
        DeleteAsync(DicomRoute.Study(studyUid), cancellationToken);

    /// <summary>Deletes a series for good. Returns whether it was there.</summary>
    public Task<bool> DeleteSeriesAsync(string studyUid, string seriesUid, CancellationToken cancellationToken = default) =>
        DeleteAsync(DicomRoute.Series(studyUid, seriesUid), cancellationToken);

    /// <summary>Deletes an instance for good. Returns whether it was there.</summary>
    public Task<bool> DeleteInstanceAsync(string studyUid, string seriesUid, string instanceUid, CancellationToken cancellationToken = default) =>
        DeleteAsync(DicomRoute.Instance(studyUid, seriesUid, instanceUid), cancellationToken);

    private async IAsyncEnumerable<DicomPart> PartsAsync(DicomRoute route, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var message = _pipeline.Create(RequestMethod.Get, route, DicomObjects);
        var response = await AnswerAsync(message, route, cancellation);
        await foreach (var part in MultipartAnswer.ReadAsync(response, cancellation))
            yield return part;
    }

    private async IAsyncEnumerable<DicomDataset> MetadataAsync(DicomRoute level, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var route = level.Below("metadata");
        using var message = _pipeline.Create(RequestMethod.Get, route, DicomJsonAnswer.MediaType);
        var response = await AnswerAsync(message, route, cancellation);
        await foreach (var dataset in DicomJsonAnswer.ReadArrayAsync(response, cancellation))
            yield return dataset;
    }

    private async Task<Response> AnswerAsync(HttpMessage message, DicomRoute route, CancellationToken cancellation)
    {
        var response = await _pipeline.SendAsync(message, cancellation);
        return response.Status switch
        {
            200 or 204 => response,
            // Half a study is worse than none.
            206 => throw Answers.Unreadable(206, "it holds only a part of the objects"),
            _ => throw Answers.Error(response, route),
        };
    }

    private async Task<bool> DeleteAsync(DicomRoute route, CancellationToken cancellation)
    {
        using var message = _pipeline.Create(RequestMethod.Delete, route, "*/*");
        var response = await _pipeline.SendAsync(message, cancellation);
        return response.Status switch
        {
            200 or 202 or 204 => true,
            404 => false,
            _ => throw Answers.Error(response, route),
        };
    }
}
