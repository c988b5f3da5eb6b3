using System.Text.Json;
using Azure;

namespace Radiomics.Pipeline;

/// <summary>
/// Gives out turns, from a book for each kind in <c>turns</c> that all instances of the app share. The book is about order and nothing else: one that is lost costs some order and no
/// study, for who waits asks again. A turn whose holder came to an end without giving it back (it was terminated, or purged) is taken from it by whoever asks next.
/// </summary>
/// <param name="store">The account.</param>
/// <param name="options">How many turns there are.</param>
/// <param name="time">The clock.</param>
public sealed class TurnDesk(BlobStore store, TurnOptions options, TimeProvider time)
{
    /// <summary>A holder isn't doubted before it has had its turn for so long.</summary>
    internal static readonly TimeSpan Trust = TimeSpan.FromSeconds(20);

    private const int LongestPauseMilliseconds = 500;

    /// <summary>Those of one process take turns among themselves; the condition on the blob is for other processes.</summary>
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Asks for a turn, for the first time or once more.</summary>
    /// <param name="kind">What for.</param>
    /// <param name="id">Who asks: an instance.</param>
    /// <param name="center">Its center.</param>
    /// <param name="isAtWork">Whether an instance goes on by itself: it has neither ended nor been suspended.</param>
    public async Task<TurnChange> AskAsync(TurnKind kind, string id, string center, Func<string, Task<bool>> isAtWork)
    {
        var change = await ChangeAsync(kind, id, book => book.With(id, center, Now), isAtWork);
        if (change.Book.Ahead(id) is null)
        {
            return change.Of(id);
        }

        HashSet<string> lost = [];
        foreach (var holder in change.Book.Holders.Where(holder => Now - holder.Since > Trust))
        {
            if (!await isAtWork(holder.Id))
            {
                lost.Add(holder.Id);
            }
        }

        if (lost.Count == 0)
        {
            return change.Of(id);
        }

        var again = await ChangeAsync(kind, id, book => lost.Aggregate(book, (left, gone) => left.Without(gone)), isAtWork);
        return again.Of(id) with { Given = [.. change.Given, .. again.Given], Lost = [.. lost] };
    }

    /// <summary>Gives a turn back, or leaves the line; does nothing for who has none and doesn't wait.</summary>
    public async Task<TurnChange> LeaveAsync(TurnKind kind, string id, Func<string, Task<bool>> isAtWork) =>
        (await ChangeAsync(kind, id, book => book.Without(id), isAtWork)).Of(id);

    /// <summary>The book as it is.</summary>
    public async Task<TurnBook> ReadAsync(TurnKind kind) => (await ReadVersionAsync(kind)).Book;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Changes the book, and gives away what turns there are then.</summary>
    private async Task<Changed> ChangeAsync(TurnKind kind, string id, Func<TurnBook, TurnBook> change, Func<string, Task<bool>> isAtWork)
    {
        await store.EnsureContainersAsync(Containers.Turns);
        await _one.WaitAsync();
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var (book, version) = await ReadVersionAsync(kind);
                var (next, given) = await GiveAsync(kind, id, book, change, isAtWork);
                if (ReferenceEquals(next, book) || await store.TryReplaceAsync(Containers.Turns, NameOf(kind), BlobStore.Json(next), version))
                {
                    return new(next, given);
                }

                await Task.Delay(Random.Shared.Next(Math.Min(10 << Math.Min(attempt, 10), LongestPauseMilliseconds)));
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<(TurnBook Next, IReadOnlyList<string> Given)> GiveAsync(
        TurnKind kind, string id, TurnBook book, Func<TurnBook, TurnBook> change, Func<string, Task<bool>> isAtWork)
    {
        var (all, perCenter) = options.Of(kind);
        var next = change(book);
        while (true)
        {
            var full = next.Give(all, perCenter, Now);
            string[] given = [.. full.Holders.Select(holder => holder.Id).Where(holder => holder != id && !book.Holds(holder))];
            var present = await Task.WhenAll(given.Select(isAtWork));
            if (present.All(isThere => isThere))
            {
                return (full, given);
            }

            // Whoever has ended while it waited is passed over at once, so that nobody waits for it.
            next = given.Where((_, i) => !present[i]).Aggregate(next, (left, gone) => left.Without(gone));
        }
    }

    private async Task<(TurnBook Book, ETag? Version)> ReadVersionAsync(TurnKind kind)
    {
        if (await store.TryReadAsync(Containers.Turns, NameOf(kind)) is not { } blob)
        {
            return (TurnBook.Empty, null);
        }

        try
        {
            return (BlobStore.Parse<TurnBook>(blob.Content), blob.Details.ETag);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            // Whoever is in it asks again.
            return (TurnBook.Empty, blob.Details.ETag);
        }
    }

    private static string NameOf(TurnKind kind) => kind == TurnKind.Study ? "studies.json" : "retrainings.json";

    private sealed record Changed(TurnBook Book, IReadOnlyList<string> Given)
    {
        public TurnChange Of(string id) => new(new Turn(Book.Ahead(id)), Given, []);
    }
}

/// <summary>What became of the book.</summary>
/// <param name="Own">How it stands with who asked.</param>
/// <param name="Given">Others who were given a turn, and are to be told.</param>
/// <param name="Lost">Who had a turn and was found to be at work no more.</param>
public sealed record TurnChange(Turn Own, IReadOnlyList<string> Given, IReadOnlyList<string> Lost);
