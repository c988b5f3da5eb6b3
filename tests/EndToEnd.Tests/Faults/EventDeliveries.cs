using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Azure;

namespace EndToEnd.Tests.Faults;

/// <summary>
/// Plays Event Grid as it is at its worst: every event of a blob comes two or three times, late, and in another order than the blobs were written. Each is sent until a host has taken it.
/// </summary>
internal sealed class EventDeliveries(FaultyService service, Uri container, int seed, HttpClient http)
{
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private readonly List<(int Due, string Blob, ETag Version)> _waiting = [];
    private int _underWay;

    /// <summary>How many events hosts have taken.</summary>
    public int Delivered { get; private set; }

    /// <summary>How many were of a version of a blob that had been replaced.</summary>
    public int Stale { get; private set; }

    /// <summary>Whether all have been delivered that were to be.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count == 0 && _underWay == 0;
            }
        }
    }

    /// <summary>Tells of a version of a blob, as often and as late as chance has it.</summary>
    public void Announce(string blob, ETag version, bool isStale = false)
    {
        lock (_gate)
        {
            var times = 2 + _random.Next(2);
            for (var n = 0; n < times; n++)
            {
                _waiting.Insert(_random.Next(_waiting.Count + 1), (service.Account.Proxy.Writes + _random.Next(n == 0 ? 8 : 60), blob, version));
            }

            Stale += isStale ? times : 0;
        }
    }

    /// <summary>Delivers until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            List<(int Due, string Blob, ETag Version)> due;
            lock (_gate)
            {
                // Late, but not for ever: what nothing brings about any more is due as well.
                var (writes, idle) = (service.Account.Proxy.Writes, service.Account.Proxy.Idle > s_late);
                due = [.. _waiting.Where(e => idle || e.Due <= writes)];
                _waiting.RemoveAll(due.Contains);
                _underWay += due.Count;
            }

            foreach (var (_, blob, version) in due)
            {
                await DeliverAsync(blob, version, stopping);
            }

            await Task.Delay(50, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DeliverAsync(string blob, ETag version, CancellationToken stopping)
    {
        var body = new[] { Event(blob, version) };
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var address = await service.AddressAsync().WaitAsync(stopping);
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "runtime/webhooks/blobs?functionName=Host.Functions.UploadArrived")) { Content = JsonContent.Create(body) };
                request.Headers.Add("aeg-event-type", "Notification");
                using var response = await http.SendAsync(request, stopping);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    lock (_gate)
                    {
                        Delivered++;
                        _underWay--;
                    }

                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // That host is gone or paused; another may take it.
            }

            await Task.Delay(200, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private object Event(string blob, ETag version) => new
    {
        id = Guid.NewGuid(),
        topic = "/faults",
        subject = string.Create(CultureInfo.InvariantCulture, $"/blobServices/default/containers/incoming/blobs/{blob}"),
        eventType = "Microsoft.Storage.BlobCreated",
        eventTime = service.StorageClock.Now,
        dataVersion = "",
        metadataVersion = "1",
        data = new { api = "PutBlob", eTag = version.ToString("G").Trim('"'), blobType = "BlockBlob", url = $"{container.AbsoluteUri}/{blob}" },
    };
}
