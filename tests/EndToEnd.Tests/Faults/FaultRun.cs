using System.Diagnostics;
using System.Globalization;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Faults;

/// <summary>Carries out a schedule: sends the studies, does what goes wrong, and waits until the service has come to rest.</summary>
internal sealed class FaultRun
{
    private const int MostWaits = 20;
    private const int MostLines = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>So long after it was sent again, an upload may still tell of the fault before.</summary>
    private static readonly TimeSpan s_startsOver = TimeSpan.FromSeconds(20);

    private readonly FaultSchedule _schedule;
    private readonly IReadOnlyList<Mail> _mail;
    private readonly FaultyService _service;
    private readonly Aftermath _aftermath;
    private readonly EventDeliveries _events;
    private readonly PostOffice _office;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<Weather> _weather = [];
    private readonly Dictionary<Mail, TimeSpan> _sentAgain = [];
    private readonly FaultOutcome? _undisturbed;
    private readonly TimeSpan _still;
    private volatile bool _hurry;
    private bool _storageEnded;
    private int _leftover;

    private FaultRun(FaultSchedule schedule, IReadOnlyList<Mail> mail, FaultOutcome? undisturbed, FaultyService service, HttpClient http)
    {
        _undisturbed = undisturbed;
        // If nothing moves for so long, whatever is still to come waits for time to pass. On a busy machine work itself takes long.
        _still = undisturbed is null ? s_patience : TimeSpan.FromSeconds(Math.Max(4, 1.5 * undisturbed.LongestPause.TotalSeconds));
        _schedule = schedule;
        _mail = mail;
        _service = service;
        _aftermath = new Aftermath(service.Account.DirectConnectionString, service.AddressAsync, http);
        _events = new EventDeliveries(service, StorageClients.Create(service.Account.ConnectionString).GetBlobContainerClient(Containers.Incoming).Uri, schedule.Seed, http);
        _office = new PostOffice(service, _events, http, _end.Token);
    }

    /// <summary>Runs a schedule on a service of its own.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="mail">What is sent.</param>
    /// <param name="undisturbed">What comes of it when nothing goes wrong; null: this is that run.</param>
    public static async Task<FaultOutcome> RunAsync(FaultSchedule schedule, IReadOnlyList<Mail> mail, FaultOutcome? undisturbed)
    {
        var folder = Directory.CreateTempSubdirectory($"radiomics-faults-seed-{schedule.Seed}-").FullName;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        FaultOutcome outcome;
        await using (var service = await FaultyService.StartAsync(folder, schedule.Watched))
        {
            var run = new FaultRun(schedule, mail, undisturbed, service, http);
            try
            {
                outcome = await run.RunAsync();
            }
            catch (Exception e)
            {
                await service.SaveLogsAsync(folder);
                throw new InvalidOperationException($"It wasn't carried through; the hosts' logs are in {folder}.\n{Diary(folder)}", e);
            }

            if (outcome.Findings.Count > 0)
            {
                await service.SaveLogsAsync(folder);
                await File.AppendAllLinesAsync(DiaryOf(folder), outcome.Findings);
            }
        }

        if (outcome.Findings.Count == 0)
        {
            Directory.Delete(folder, recursive: true);
        }

        return outcome with { Logs = folder };
    }

    /// <summary>What was done and found, line by line.</summary>
    public static string Diary(string folder) => File.Exists(DiaryOf(folder)) ? string.Join('\n', File.ReadLines(DiaryOf(folder)).Take(MostLines)) : "";

    private static string DiaryOf(string folder) => Path.Combine(folder, "diary.log");

    private async Task<FaultOutcome> RunAsync()
    {
        Note($"Both hosts serve. {_schedule}");
        _service.Account.Proxy.ResetPauses();
        var delivering = _events.RunAsync(_end.Token);
        try
        {
            var sending = Task.WhenAll(_schedule.Order.Select(n => SendAsync(_mail[n])));
            var striking = StrikeAsync();
            var (rest, passed, again) = await RestAsync(sending, striking);
            if (rest is null)
            {
                await Task.WhenAll(sending, striking);
            }

            Note(rest ?? "The service is at rest.");
            return await OutcomeAsync(passed, again, rest is null ? [] : [rest]);
        }
        finally
        {
            await _end.CancelAsync();
            await delivering;
        }
    }

    /// <summary>Waits until nothing is left to do. Returns what is left if that never happens, the time that was made to pass, and how many uploads were sent again.</summary>
    private async Task<(string? Left, TimeSpan Passed, int Again)> RestAsync(Task sending, Task striking)
    {
        var (passed, again) = (TimeSpan.Zero, 0);
        for (var waits = 0; ; await Task.Delay(300, TestContext.Current.CancellationToken))
        {
            await ReviveAsync();
            // What fails there is the reason, not that the service has come to no end.
            await Task.WhenAll(new[] { sending, striking }.Where(task => task.IsFaulted));
            var working = !sending.IsCompleted || !striking.IsCompleted || !_events.IsDone;
            if ((working ? "it is still being disturbed" : await _aftermath.UnfinishedAsync(_mail)) is not { } left)
            {
                return (null, passed, again);
            }

            // Once nothing goes wrong any more, so that it isn't in vain.
            foreach (var mail in !striking.IsCompleted ? [] : await _aftermath.FaultsAsync(_mail))
            {
                if (_sentAgain.TryGetValue(mail, out var at) && _watch.Elapsed - at < s_startsOver)
                {
                    continue;
                }

                _sentAgain[mail] = _watch.Elapsed;
                Note($"{mail.Center}/{mail.Name} ended with a fault of the service, and is sent again.");
                again++;
                await _office.SendAsync(mail);
            }

            if (_service.Account.Proxy.Idle < _still || _hurry)
            {
                continue;
            }

            var final = await _aftermath.AreFinalAsync(_mail);
            if (final && !striking.IsCompleted)
            {
                // A fault that waits for writes that won't come any more strikes now.
                _hurry = true;
            }
            else if (++waits > MostWaits || _undisturbed is null || _watch.Elapsed > s_patience * 2)
            {
                return ($"The service doesn't come to rest: {left}.", passed, again);
            }
            else if (final && waits % 4 == 0)
            {
                // The Durable extension keeps a message for ever that it was given a second time while it was at it: it neither runs nor deletes it, until it starts anew.
                Note($"Nothing moves ({left}): the hosts are started anew.");
                _leftover++;
                await Task.WhenAll(_service.Slots.Select(slot => slot.KillAsync(withWorker: true)));
            }
            else
            {
                // First as much as messages and leases last, then as much as events do.
                var time = waits < 3 ? FaultSchedule.Takeover : TimeSpan.FromMinutes(10);
                Note($"Nothing moves ({left}): {time.TotalSeconds:F0} s pass.");
                passed += time;
                _service.Pass(time);
            }

            _service.Account.Proxy.ResetPauses();
        }
    }

    private async Task<FaultOutcome> OutcomeAsync(TimeSpan passed, int again, List<string> findings)
    {
        var all = Mail.WithFollowers(_mail);
        var contents = await AccountContents.ReadAsync(_service.Account.Blobs);
        var steps = await _aftermath.AuditedAsync(all);
        var poison = await _aftermath.PoisonAsync(all);
        findings.AddRange(poison.Unexplained);
        findings.AddRange(await _aftermath.AuditFaultsAsync());
        findings.AddRange(await _aftermath.OtherInstancesAsync(all));
        if (_undisturbed is not null)
        {
            findings.AddRange(contents.DifferencesFrom(_undisturbed.Contents));
            findings.AddRange(Aftermath.StepFaults(steps, _undisturbed.AuditSteps, mayHaveFailed: again > 0));
        }

        return new FaultOutcome
        {
            Schedule = _schedule,
            Contents = contents,
            AuditSteps = steps,
            Findings = findings,
            Writes = _service.Account.Proxy.Writes,
            LongestPause = _service.Account.Proxy.LongestPause,
            Leftover = _leftover,
            Hits = [.. _weather.Select(weather => (weather.Step.Kind, weather.Hit))],
            Uploads = all.Count,
            SentAgain = again,
            Delivered = _events.Delivered,
            Stale = _events.Stale,
            Poison = poison.Explained,
            HostsEnded = _service.Slots.Sum(slot => slot.Ended),
            DisksWereFull = _service.CanBeFull,
            StorageEnded = _storageEnded,
            Passed = passed,
            Time = _watch.Elapsed,
        };
    }

    private async Task SendAsync(Mail mail)
    {
        await _office.SendAsync(mail);
        Note($"{mail.Center}/{mail.Name} is sent.");
        if (mail.Then is { } then)
        {
            while (!await _aftermath.IsFinalAsync(mail))
            {
                await Task.Delay(100, _end.Token);
            }

            await _office.SendAsync(then);
            _office.Remind(mail);
            Note($"{mail.Center}/{mail.Name} is replaced.");
        }
    }

    private async Task StrikeAsync()
    {
        foreach (var step in _schedule.Steps)
        {
            while (_service.Account.Proxy.Writes < step.AfterWrites && !_hurry)
            {
                await Task.Delay(10, _end.Token);
            }

            _hurry = false;
            Note($"{step} (strikes after {_service.Account.Proxy.Writes})");
            await StrikeAsync(step);
        }
    }

    private async Task StrikeAsync(FaultStep step)
    {
        var (slot, time) = (_service.Slots[step.Host], TimeSpan.FromMilliseconds(step.Milliseconds));
        switch (step.Kind)
        {
            case FaultKind.HostKilled or FaultKind.BothKilled:
                await slot.KillAsync(withWorker: step.Kind == FaultKind.BothKilled);
                break;
            case FaultKind.WorkerKilled:
                await (await slot.Current).KillWorkerAsync();
                break;
            case FaultKind.HostPaused:
                var host = await slot.Current;
                await Signals.PauseAsync([host.Id, host.WorkerId], () =>
                {
                    _service.Pass(FaultSchedule.Takeover, butFor: slot);
                    return Task.Delay(time);
                });
                slot.Clock.Move(FaultSchedule.Takeover);
                break;
            case FaultKind.StorageStopped:
                await _service.Account.StopAsync();
                await Task.Delay(time);
                await _service.Account.StartAgainAsync();
                break;
            case FaultKind.StoragePaused:
                await _service.Account.PauseAsync(time);
                break;
            case FaultKind.HostClockMoved:
                slot.Clock.Move(TimeSpan.FromSeconds(step.Seconds));
                break;
            case FaultKind.StorageClockMoved:
                _service.StorageClock.Move(TimeSpan.FromSeconds(Math.Abs(step.Seconds)));
                break;
            case FaultKind.TemporaryDiskFull or FaultKind.StorageDiskFull:
                var disk = step.Kind == FaultKind.StorageDiskFull ? _service.StorageDisk : slot.Disk;
                disk.Fill();
                await Task.Delay(time);
                disk.Free();
                break;
            default:
                _weather.Add(new Weather(step));
                _service.Account.Proxy.Begin(_weather[^1]);
                break;
        }
    }

    private async Task ReviveAsync()
    {
        if (await _service.Account.ReviveAsync() is { } said)
        {
            _storageEnded = true;
            Note($"Storage ended, and is started again: {said}");
        }
    }

    private void Note(string what)
    {
        lock (_gate)
        {
            File.AppendAllText(DiaryOf(_service.Folder), string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds,7:F2} s, {_service.Account.Proxy.Writes,3} writes: {what}\n"));
        }
    }
}
