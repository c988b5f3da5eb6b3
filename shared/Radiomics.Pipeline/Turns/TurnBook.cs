namespace Radiomics.Pipeline;

/// <summary>
/// Who has a turn and who waits for one. Turns go round: the next is for the center that has the fewest, of those for the one whose last turn was given the longest ago, and within a
/// center for whoever came first.
/// </summary>
public sealed record TurnBook
{
    /// <summary>Nobody has or wants a turn.</summary>
    public static TurnBook Empty { get; } = new();

    /// <summary>Who has a turn.</summary>
    public IReadOnlyList<TurnEntry> Holders { get; init; } = [];

    /// <summary>Who waits, in the order in which they came.</summary>
    public IReadOnlyList<TurnEntry> Waiting { get; init; } = [];

    /// <summary>When each center was given its last turn, of those that have or want one.</summary>
    public IReadOnlyDictionary<string, DateTime> Served { get; init; } = new Dictionary<string, DateTime>();

    /// <summary>Whether somebody has a turn.</summary>
    public bool Holds(string id) => Holders.Any(holder => holder.Id == id);

    /// <summary>How many of its center wait before somebody; null if it doesn't wait.</summary>
    public int? Ahead(string id)
    {
        var own = Waiting.FirstOrDefault(waiting => waiting.Id == id);
        return own is null ? null : Waiting.TakeWhile(waiting => waiting.Id != id).Count(waiting => waiting.Center == own.Center);
    }

    /// <summary>Somebody asks for a turn, for the first time or once more.</summary>
    public TurnBook With(string id, string center, DateTime now) =>
        Holds(id) || Waiting.Any(waiting => waiting.Id == id) ? this : this with { Waiting = [.. Waiting, new(id, center, now)] };

    /// <summary>Somebody needs none any more.</summary>
    public TurnBook Without(string id) => Holds(id) || Waiting.Any(waiting => waiting.Id == id)
        ? this with { Holders = [.. Holders.Where(holder => holder.Id != id)], Waiting = [.. Waiting.Where(waiting => waiting.Id != id)] }
        : this;

    /// <summary>Gives away what turns there are.</summary>
    /// <param name="all">Turns in all.</param>
    /// <param name="perCenter">Turns that one center may have.</param>
    /// <param name="now">The time.</param>
    public TurnBook Give(int all, int perCenter, DateTime now)
    {
        var book = this;
        while (book.Holders.Count < all && book.Next(perCenter) is { } next)
        {
            book = new TurnBook
            {
                Holders = [.. book.Holders, next with { Since = now }],
                Waiting = [.. book.Waiting.Where(waiting => waiting.Id != next.Id)],
                // Two of one moment keep their order.
                Served = new Dictionary<string, DateTime>(book.Served) { [next.Center] = book.Served.Values.Append(now.AddTicks(-1)).Max().AddTicks(1) },
            };
        }

        return book.Served.Keys.All(book.Knows) ? book : book with { Served = book.Served.Where(served => book.Knows(served.Key)).ToDictionary() };
    }

    private bool Knows(string center) => Holders.Concat(Waiting).Any(entry => entry.Center == center);

    private TurnEntry? Next(int perCenter)
    {
        var held = Holders.CountBy(holder => holder.Center).ToDictionary();
        return Waiting.DistinctBy(waiting => waiting.Center)
            .Where(first => held.GetValueOrDefault(first.Center) < perCenter)
            .OrderBy(first => held.GetValueOrDefault(first.Center))
            .ThenBy(first => Served.GetValueOrDefault(first.Center))
            .FirstOrDefault();
    }
}

/// <summary>Somebody in the book.</summary>
/// <param name="Id">The instance.</param>
/// <param name="Center">Its center.</param>
/// <param name="Since">Since when it has its turn, or waits (UTC).</param>
public sealed record TurnEntry(string Id, string Center, DateTime Since);
