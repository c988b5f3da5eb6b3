using System.Collections.Concurrent;
using System.Globalization;

namespace Radiomics.Pipeline;

/// <summary>
/// Who read what, gathered and written as one event for each reader, center and kind of thing, once a minute (<see cref="AuditOptions.ReadSeconds"/>): what it costs hangs on how many read,
/// not on how often. An event names the first 200 different things and counts the rest. A process that dies without being asked to stop takes with it what it has gathered.
/// </summary>
public sealed class ReadAudit(AuditTrail trail, TimeProvider clock)
{
    private const int MostIds = 200;

    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<(string Center, string Actor, string Kind), Batch> _batches = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);
    private int _written;

    /// <summary>Notes that somebody read something. Writes nothing yet.</summary>
    /// <param name="center">The center whose it is.</param>
    /// <param name="actor">The verified principal.</param>
    /// <param name="kind">What it is: <c>prediction</c>, <c>model</c>, <c>card</c>, <c>retraining</c>, <c>cohort</c>.</param>
    /// <param name="id">Which one.</param>
    public void Note(string center, string actor, string kind, string id)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        lock (_lock)
        {
            var batch = _batches.GetOrAdd((center, actor, kind), _ => new Batch(now));
            batch.Reads++;
            batch.Until = now;
            if (batch.Ids.Count < MostIds)
            {
                batch.Ids.Add(id);
            }
            else if (!batch.Ids.Contains(id))
            {
                batch.Unnamed++;
            }
        }
    }

    /// <summary>The event of one reading alone, by somebody who doesn't stay to gather more.</summary>
    /// <inheritdoc cref="Note" path="/param"/>
    public static AuditEvent EventOf(string center, string actor, string kind, string id, TimeProvider clock)
    {
        var batch = new Batch(clock.GetUtcNow().UtcDateTime) { Reads = 1 };
        batch.Ids.Add(id);
        return EventOf((center, actor, kind), batch, $"reads/{Guid.NewGuid():N}");
    }

    /// <summary>Writes what was noted. What can't be written is kept for the next time.</summary>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var key in _batches.Keys.Order())
            {
                Batch? batch;
                lock (_lock)
                {
                    _batches.TryRemove(key, out batch);
                }

                if (batch is null)
                {
                    continue;
                }

                try
                {
                    await trail.AppendAsync(EventOf(key, batch, string.Create(CultureInfo.InvariantCulture, $"reads/{_process}/{++_written}")), cancellation);
                }
                catch
                {
                    Return(key, batch);
                    throw;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private static AuditEvent EventOf((string Center, string Actor, string Kind) key, Batch batch, string id)
    {
        var subjects = new Dictionary<string, string>
        {
            ["kind"] = key.Kind,
            ["ids"] = string.Join(' ', batch.Ids),
            ["reads"] = batch.Reads.ToString(CultureInfo.InvariantCulture),
            ["from"] = batch.From.ToString("O", CultureInfo.InvariantCulture),
            ["until"] = batch.Until.ToString("O", CultureInfo.InvariantCulture),
        };
        if (batch.Unnamed > 0)
        {
            subjects["readsOfOthers"] = batch.Unnamed.ToString(CultureInfo.InvariantCulture);
        }

        return new AuditEvent { Id = id, Center = key.Center, Actor = key.Actor, Action = "read", Subjects = subjects, IsPassing = true };
    }

    // An append that seems to have failed may have been one: then these reads are told twice, rather than not at all.
    private void Return((string, string, string) key, Batch batch)
    {
        lock (_lock)
        {
            if (!_batches.TryAdd(key, batch))
            {
                _batches[key].Before(batch);
            }
        }
    }

    private sealed class Batch(DateTime from)
    {
        public DateTime From { get; private set; } = from;

        public DateTime Until { get; set; } = from;

        public long Reads { get; set; }

        public long Unnamed { get; set; }

        public SortedSet<string> Ids { get; } = new(StringComparer.Ordinal);

        /// <summary>Takes in what was noted before it and could not be written.</summary>
        public void Before(Batch earlier)
        {
            From = earlier.From;
            Reads += earlier.Reads;
            Unnamed += earlier.Unnamed;
            foreach (var id in earlier.Ids)
            {
                if (Ids.Count < MostIds)
                {
                    Ids.Add(id);
                }
                else if (!Ids.Contains(id))
                {
                    Unnamed++;
                }
            }
        }
    }
}
