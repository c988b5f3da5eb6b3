using System.Globalization;

namespace Radiomics.Pipeline;

/// <summary>The events of one run.</summary>
internal sealed class RetentionAudit(AuditTrail trail, RetentionOptions options, DateTimeOffset now)
{
    private readonly string _run = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    private int _events;

    /// <summary>So many things would go.</summary>
    /// <param name="counts">How many.</param>
    /// <param name="isAtLeast">Whether there may be more of a period.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task CountedAsync(IReadOnlyDictionary<(string Area, string Period), int> counts, Func<string, bool> isAtLeast, CancellationToken cancellation)
    {
        foreach (var ((area, period), count) in counts)
        {
            await AppendAsync("expired-counted", area, period, count, [], cancellation, isAtLeast(period));
        }
    }

    /// <summary>These things go now; written before they do.</summary>
    public Task DeletingAsync(IEnumerable<ExpiredThing> things, CancellationToken cancellation) => ListAsync("expired-deleted", things, cancellation);

    /// <summary>Of those that an event <c>expired-deleted</c> before this one names, these are still there, whole or in part.</summary>
    public Task StayedAsync(IEnumerable<ExpiredThing> things) => ListAsync("expired-stayed", things, CancellationToken.None);

    /// <summary>So many things without ids go now.</summary>
    public Task DeletingAsync(string area, string period, int count, CancellationToken cancellation) => AppendAsync("expired-deleted", area, period, count, [], cancellation);

    /// <summary>So many entries of the index of patients are gone, since nothing is left of what they led to.</summary>
    public Task SweptAsync(int count) => trail.AppendAsync(new AuditEvent
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"retention/{_run}/index/{_events++}"),
        Center = Containers.System,
        Actor = "pipeline",
        Action = "patient-index-swept",
        Subjects = new Dictionary<string, string> { ["count"] = string.Create(CultureInfo.InvariantCulture, $"{count}") },
    });

    private async Task ListAsync(string action, IEnumerable<ExpiredThing> things, CancellationToken cancellation)
    {
        foreach (var group in things.GroupBy(thing => (thing.Area, thing.Period)))
        {
            await AppendAsync(action, group.Key.Area, group.Key.Period, group.Count(), group.Select(thing => thing.Id), cancellation);
        }
    }

    private Task AppendAsync(string action, string area, string period, int count, IEnumerable<string> ids, CancellationToken cancellation, bool isAtLeast = false)
    {
        var subjects = new Dictionary<string, string>
        {
            ["period"] = period,
            ["days"] = string.Create(CultureInfo.InvariantCulture, $"{DaysOf(area, period)}"),
            [isAtLeast ? "count at least" : "count"] = string.Create(CultureInfo.InvariantCulture, $"{count}"),
        };
        if (string.Join(' ', ids.Distinct(StringComparer.Ordinal)) is { Length: > 0 } list)
        {
            subjects["ids"] = list;
        }

        return trail.AppendAsync(
            new AuditEvent
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"retention/{_run}/{period}/{_events++}"),
                Center = area,
                Actor = "pipeline",
                Action = action,
                Subjects = subjects,
            },
            cancellation);
    }

    private int DaysOf(string area, string period) =>
        (period == RetentionOptions.Poison ? options.PoisonDays : options.Of(area).ByName().Single(one => one.Name == period).Days) ?? 0;
}
