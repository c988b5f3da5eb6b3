using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using FellowOakDicom;
using Radiomics.DicomWeb.Http;

namespace Radiomics.DicomWeb.Search;

/// <summary>
/// The results of a query, page by page. The service gives the newest first, so that something stored meanwhile moves the others to later pages; what
/// was given already isn't given twice. The continuation token is the offset.
/// </summary>
internal sealed class SearchResults(DicomPipeline pipeline, SearchRequest request, CancellationToken cancellation) : AsyncPageable<DicomDataset>(cancellation)
{
    public override IAsyncEnumerable<Page<DicomDataset>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        PagesAsync(
            int.Parse(continuationToken ?? "0", NumberStyles.None, CultureInfo.InvariantCulture),
            Math.Clamp(pageSizeHint ?? request.PageSize, 1, DicomQuery.LargestPage),
            CancellationToken);

    private async IAsyncEnumerable<Page<DicomDataset>> PagesAsync(int offset, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = new HashSet<string>();
        while (true)
        {
            using var message = pipeline.Create(RequestMethod.Get, request.Route, DicomJsonAnswer.MediaType, request.Page(offset, pageSize));
            var response = await pipeline.SendAsync(message, cancellation);
            if (response.Status is not (200 or 204))
                throw Answers.Error(response, request.Route);

            var results = new List<DicomDataset>();
            await foreach (var result in DicomJsonAnswer.ReadArrayAsync(response, cancellation))
                results.Add(result);
            offset += results.Count;
            var news = results.FindAll(result => !result.TryGetSingleValue(request.Identity, out string uid) || seen.Add(uid));
            // A full page may have one after it, and so may one that the server cut below what was asked for (PS3.18 section 8.3.4.4); but not
            // one of a server that gives the same whatever the offset.
            var more = news.Count > 0 && (results.Count >= pageSize || response.Headers.TryGetValue("Warning", out _));
            if (news.Count > 0)
                yield return Page<DicomDataset>.FromValues(news, more ? offset.ToString(CultureInfo.InvariantCulture) : null, response);
            if (!more)
                yield break;
        }
    }
}
