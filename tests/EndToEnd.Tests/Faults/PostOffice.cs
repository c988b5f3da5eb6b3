using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Azure;
using Azure.Storage.Blobs;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Faults;

/// <summary>Sends uploads as hospitals do, through the same bad storage and to the same hosts, again until they are accepted.</summary>
internal sealed class PostOffice(FaultyService service, EventDeliveries events, HttpClient http, CancellationToken stopping)
{
    private readonly BlobContainerClient _incoming = StorageClients.Create(service.Account.ConnectionString).GetBlobContainerClient(Containers.Incoming);
    private readonly Dictionary<Mail, ETag> _versions = [];

    /// <summary>Sends an upload; returns once it is accepted: its last blob is written, or its request answered 202.</summary>
    public async Task SendAsync(Mail mail)
    {
        switch (mail.Kind)
        {
            case MailKind.Zip:
                Announce(mail, await UploadAsync($"{mail.Center}/{mail.Name}", mail.Zip));
                break;
            case MailKind.Folder:
                await Parallel.ForEachAsync(mail.Files, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stopping }, async (file, _) => await UploadAsync($"{mail.Center}/{mail.Name}/{file.Key}", file.Value));
                Announce(mail, await UploadAsync(mail.Announced!, []));
                break;
            default:
                await PostAsync(mail);
                break;
        }
    }

    /// <summary>Tells again of an upload that another one has replaced since.</summary>
    public void Remind(Mail mail)
    {
        if (_versions.TryGetValue(mail, out var version))
        {
            events.Announce(mail.Announced!, version, isStale: true);
        }
    }

    private void Announce(Mail mail, ETag version)
    {
        _versions[mail] = version;
        events.Announce(mail.Announced!, version);
    }

    private async Task<ETag> UploadAsync(string blob, byte[] content)
    {
        while (true)
        {
            try
            {
                return (await _incoming.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(content), overwrite: true, stopping)).Value.ETag;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                await Task.Delay(200, stopping);
            }
        }
    }

    private async Task PostAsync(Mail mail)
    {
        while (true)
        {
            var rest = TimeSpan.FromMilliseconds(200);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(await service.AddressAsync(), $"api/centers/{mail.Center}/predictions"));
                request.Content = new ByteArrayContent(mail.Zip) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
                request.Headers.Add("Idempotency-Key", mail.Name);
                using var response = await http.SendAsync(request, stopping);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    Assert.Equal(mail.Id, (await response.Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options))!.Id);
                    return;
                }

                // What is wrong with the request would be wrong the next time, too.
                Assert.True((int)response.StatusCode is 408 or 429 or >= 500, $"A study that is right is refused: {await response.Content.ReadAsStringAsync()}");
                rest = response.Headers.RetryAfter?.Delta ?? rest;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stopping.IsCancellationRequested))
            {
                // That host is gone or paused; another may take it.
            }

            await Task.Delay(rest, stopping);
        }
    }
}
