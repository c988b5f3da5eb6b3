namespace LocalHost.Jobs;

/// <summary>
/// Plays Event Grid for one function: looks into its container and posts <c>BlobCreated</c> events to the Blobs extension's webhook, so that what runs here
/// is what runs in Azure. A slow scan announces again what no receipt says is done. Whatever a listing holds, it goes on.
/// </summary>
internal sealed class BlobEventWatcher(
    FunctionDefinition function, BlobContainerClient container, Regex names, BlobEventReceipts receipts, WebHookAddresses webHooks, HttpClient http, HostSettings settings, ILogger logger)
{
    /// <summary>A look may take this part of the time, so that a container of many thousand blobs doesn't keep the machine busy.</summary>
    private const int RestPerLook = 10;

    /// <summary>A receipt that has stood open for so long stands for an event that was lost, or taken by a host that died.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>The blobs that have been announced, and how often by this host: each time is waited for twice as long, so that hosts that are merely busy aren't made busier.</summary>
    private readonly Dictionary<string, int> _known = [];
    private readonly HashSet<string> _said = [];
    private long _sign = Stopwatch.GetTimestamp();

    /// <summary>The function that it tells of blobs.</summary>
    public string Function => function.Name;

    /// <summary>When the whole container was last looked at.</summary>
    public DateTimeOffset LastLook { get; private set; }

    /// <summary>Whether it hasn't got on for so long that nobody should rely on it.</summary>
    public bool IsSilent => Stopwatch.GetElapsedTime(_sign) > settings.WatcherSilence;

    /// <summary>The watcher of a function whose path is <c>container/pattern</c>.</summary>
    public static BlobEventWatcher Create(
        FunctionDefinition function, string path, BlobServiceClient account, BlobEventReceipts receipts, WebHookAddresses webHooks, HttpClient http, HostSettings settings, ILogger logger)
    {
        var (container, pattern) = path.Split('/', 2) is [var first, var rest] ? (first, rest) : (path, "{name}");
        return new BlobEventWatcher(function, account.GetBlobContainerClient(container), Matcher(pattern), receipts, webHooks, http, settings, logger);
    }

    /// <summary>Makes the container, so that whoever is told that the host is ready may write at once.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>Looks until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var sinceScan = Stopwatch.StartNew();
        var scan = true;
        while (!stopping.IsCancellationRequested)
        {
            var look = Stopwatch.StartNew();
            try
            {
                var isWhole = await LookAsync(scan, stopping);
                if (scan)
                    sinceScan.Restart();
                if (isWhole)
                    _said.Clear();
                LastLook = DateTimeOffset.UtcNow;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Say(e, HostLog.LookFailed);
            }
            var rest = Math.Clamp(look.Elapsed.TotalSeconds * RestPerLook, settings.BlobLook.TotalSeconds, Math.Max(10, settings.BlobLook.TotalSeconds));
            await Task.Delay(TimeSpan.FromSeconds(rest), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            scan = sinceScan.Elapsed > settings.BlobSlowScan;
        }
    }

    /// <summary>Looks once. Returns whether all went well: one blob's fault doesn't keep the others waiting.</summary>
    private async Task<bool> LookAsync(bool scan, CancellationToken cancellation)
    {
        var noted = scan ? await receipts.ListAsync(function.Name, cancellation) : null;
        var present = new HashSet<string>();
        var isWhole = true;
        await foreach (var blob in ListedBlobs.ListAsync(container, BlobTraits.None, null, isWhole: false, cancellation, () => { isWhole = false; Say(new InvalidDataException(), HostLog.NotAnnounced); }))
        {
            try
            {
                if (IsAnnounced(blob.Name) && blob.Properties.ETag is { } version)
                    await TellAsync(blob, receipts.NameOf(function.Name, container.Name, blob.Name, version), noted, present, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                isWhole = false;
                Say(e, HostLog.NotAnnounced);
            }
            _sign = Stopwatch.GetTimestamp();
        }
        foreach (var gone in _known.Keys.Except(present).ToList())
            _known.Remove(gone);
        foreach (var gone in noted?.Keys.Except(present) ?? [])
            await receipts.DeleteAsync(gone);
        _sign = Stopwatch.GetTimestamp();
        return isWhole;
    }

    private async Task TellAsync(
        BlobItem blob, string receipt, Dictionary<string, (DateTimeOffset Since, ETag Version)?>? noted, HashSet<string> present, CancellationToken cancellation)
    {
        present.Add(receipt);
        if (noted is not null && noted.TryGetValue(receipt, out var open))
        {
            var times = _known.GetValueOrDefault(receipt, 0);
            if (open is { } stray && DateTimeOffset.UtcNow - stray.Since > s_patience * Math.Pow(2, times) && await receipts.TryRenewAsync(receipt, stray.Version))
            {
                HostLog.AnnouncedAgain(logger, function.Name);
                await AnnounceAsync(blob, cancellation);
                times++;
            }
            _known[receipt] = times;
        }
        else if (!_known.ContainsKey(receipt))
        {
            if (await receipts.TryCreateAsync(receipt, cancellation))
                await AnnounceAsync(blob, cancellation);
            _known[receipt] = 0;
        }
    }

    /// <summary>Says a fault once, not every second: again only after a look without any.</summary>
    private void Say(Exception e, Action<ILogger, string, string> say)
    {
        if (_said.Add($"{say.Method.Name} {e.GetType().FullName}"))
            say(logger, function.Name, e.GetType().FullName!);
    }

    private bool IsAnnounced(string name) =>
        names.IsMatch(name) && settings.BlobEventSuffixes.Any(suffix => suffix == "*" || name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private async Task AnnounceAsync(BlobItem blob, CancellationToken cancellation)
    {
        var address = new UriBuilder(webHooks.Address("blobs"));
        address.Query = $"{address.Query.TrimStart('?')}&functionName={function.Id}".TrimStart('&');
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Uri) { Content = JsonContent.Create(new[] { Event(blob) }) };
        request.Headers.Add("aeg-event-type", "Notification");
        using var response = await http.SendAsync(request, cancellation);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new HttpRequestException($"The webhook answered {(int)response.StatusCode}.");
    }

    private object Event(BlobItem blob) => new
    {
        id = Guid.NewGuid(),
        topic = "/local",
        subject = $"/blobServices/default/containers/{container.Name}/blobs/{blob.Name}",
        eventType = "Microsoft.Storage.BlobCreated",
        eventTime = DateTimeOffset.UtcNow,
        dataVersion = "",
        metadataVersion = "1",
        data = new
        {
            api = "PutBlob",
            eTag = blob.Properties.ETag!.Value.ToString("G").Trim('"'),
            contentLength = blob.Properties.ContentLength,
            blobType = $"{blob.Properties.BlobType ?? BlobType.Block}Blob",
            url = container.GetBlobClient(blob.Name).Uri.AbsoluteUri,
        },
    };

    /// <summary>What a trigger's path matches: parameters are greedy, as the extension's are.</summary>
    private static Regex Matcher(string pattern) => new(
        $"^{Regex.Replace(Regex.Escape(pattern), @"\\\{[^}]+}", "(.+)")}$", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
