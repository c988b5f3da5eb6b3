using System.Runtime.CompilerServices;
using System.Xml;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Emulator;

/// <summary>
/// Lists the blobs of a container, whatever they are called. XML can't hold every name (control characters, U+FFFE): Azure says such a name percent-encoded, and the SDK reads
/// it; the emulator fails each page that has one, and with it all others' names, and each request that names one as prefix or marker. So nobody can be told of such a blob there;
/// here the listing goes on behind it. To find the place takes some hundred requests a letter of its folder's part of the name, which only an emulator on this machine ever gets.
/// </summary>
internal static class ListedBlobs
{
    private const int PageSize = 5000;

    /// <summary>Names aren't followed any further: those that begin alike are left out together.</summary>
    private const int MostLetters = 256;

    private const int ProbesAtOnce = 16;

    /// <summary>The letters of ASCII that XML can hold, each row behind a gap of those that it can't. They are tried one by one; those beyond are too many.</summary>
    private static readonly string[] s_ascii = ["\t\n", "\r", string.Concat(Enumerable.Range(' ', BeyondAscii - ' ').Select(Letter))];

    private const int BeyondAscii = 0x80;

    /// <summary>How many letters there are: code points without surrogates and the last two, which XML can't hold.</summary>
    private const int Letters = 0x110000 - 0x800 - 2;

    /// <summary>So many letters are tried one by one beyond ASCII: as many as an alphabet has.</summary>
    private const int Alphabet = 256;

    /// <summary>No name begins like this: where a listing of it fails, all do.</summary>
    private const string Nobody = "\u007F\u007F\u007F";

    /// <summary>The blobs whose names begin with a prefix, in the order of their names.</summary>
    /// <param name="container">Where.</param>
    /// <param name="traits">What is to be known of them.</param>
    /// <param name="prefix">How their names begin; null: all.</param>
    /// <param name="isWhole">Whether a name that can't be told is a fault, and not left out.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="leftOut">Told where one is left out.</param>
    /// <exception cref="InvalidDataException">Such a name, where none may be left out.</exception>
    /// <exception cref="RequestFailedException">The account refuses, or fails whatever is asked.</exception>
    public static async IAsyncEnumerable<BlobItem> ListAsync(
        BlobContainerClient container, BlobTraits traits, string? prefix, bool isWhole, [EnumeratorCancellation] CancellationToken cancellation, Action? leftOut = null)
    {
        if (container.Uri.IsLoopback && prefix?.All(IsSaid) == false)
        {
            if (isWhole)
            {
                throw Untold();
            }

            yield break;
        }

        var (after, size) = ((string?)null, PageSize);
        while (true)
        {
            if (await TryPageAsync(container, traits, prefix, after, size, cancellation) is { } page)
            {
                foreach (var blob in page.Values)
                {
                    yield return blob;
                }

                if (string.IsNullOrEmpty(page.ContinuationToken))
                {
                    yield break;
                }

                (after, size) = (page.ContinuationToken, Math.Min(PageSize, size * 8));
            }
            else if (size > 1)
            {
                size = Math.Max(1, size / 64);
            }
            else if (await FailsAsync(container, Nobody, null, cancellation))
            {
                throw new RequestFailedException(500, "The storage fails all listings of a container.");
            }
            else if (isWhole)
            {
                throw Untold();
            }
            else
            {
                leftOut?.Invoke();
                var passed = new List<BlobItem>();
                after = await BehindAsync(container, traits, prefix ?? "", after ?? "", passed, cancellation);
                foreach (var blob in passed)
                {
                    yield return blob;
                }

                if (after is null)
                {
                    yield break;
                }
            }
        }
    }

    private static InvalidDataException Untold() => new("The storage emulator can't list a blob of this folder, whose name holds what XML can't.");

    /// <summary>A page of a listing; null if the emulator fails it.</summary>
    private static async Task<Page<BlobItem>?> TryPageAsync(
        BlobContainerClient container, BlobTraits traits, string? prefix, string? after, int size, CancellationToken cancellation)
    {
        try
        {
            return await FirstAsync(container.GetBlobsAsync(traits, BlobStates.None, prefix, cancellation), after, size);
        }
        catch (Exception e) when (container.Uri.IsLoopback && IsFailed(e))
        {
            return null;
        }
    }

    private static async Task<Page<T>> FirstAsync<T>(AsyncPageable<T> listing, string? after, int size)
        where T : notnull
    {
        await using var pages = listing.AsPages(after, size).GetAsyncEnumerator();
        return await pages.MoveNextAsync() ? pages.Current : throw new InvalidOperationException("A listing has no page.");
    }

    /// <summary>
    /// Where a listing goes on whose first name after another can't be said: behind the letters of that name that can be, and the gap of those that can't be. What can be said lies between only if it is a place
    /// itself, and is passed; or beside a second such name whose first other letter is beyond ASCII and of another alphabet, and is left out. Null: nothing comes behind.
    /// </summary>
    private static async Task<string?> BehindAsync(
        BlobContainerClient container, BlobTraits traits, string prefix, string after, List<BlobItem> passed, CancellationToken cancellation)
    {
        var name = prefix;
        while (await FolderAsync(container, name, after, cancellation) is { } folder)
        {
            name = folder;
        }

        for (var letter = ""; letter is not null && name.Length < prefix.Length + MostLetters; name += letter)
        {
            letter = null;
            foreach (var row in s_ascii)
            {
                // Nothing that can be said lies before the row, since the letters before it have been tried.
                if (string.CompareOrdinal(name + row[0], after) > 0)
                {
                    after = await PassAsync(name + row[0]);
                    if (!await FailsAsync(container, prefix, after, cancellation))
                    {
                        return after;
                    }
                }

                letter = await LetterAsync(container, name, after, row.Select(each => $"{each}"), cancellation);
                if (letter is not null)
                {
                    break;
                }
            }

            letter ??= await LetterBeyondAsync(container, name, after, cancellation);
        }

        return Successor(name, prefix.Length) is { } successor ? await PassAsync(successor) : null;

        async Task<string> PassAsync(string place)
        {
            if (await TryPageAsync(container, traits, place, null, 1, cancellation) is { Values: [var first, ..] } && first.Name == place)
            {
                passed.Add(first);
            }

            return place;
        }
    }

    /// <summary>The least text that isn't before any that begins with a name; null if there is none with the name's first letters.</summary>
    private static string? Successor(string name, int first)
    {
        for (var end = name.Length; end > first;)
        {
            end -= char.IsLowSurrogate(name[end - 1]) ? 2 : 1;
            for (var rank = Rank(char.ConvertToUtf32(name, end)) + 1; rank < Letters; rank++)
            {
                if (IsSaid(Letter(rank)[0]))
                {
                    return name[..end] + Letter(rank);
                }
            }
        }

        return null;
    }

    private static async Task<string?> FolderAsync(BlobContainerClient container, string prefix, string after, CancellationToken cancellation)
    {
        try
        {
            var page = await FirstAsync(container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", prefix, cancellation), after, 1);
            return page.Values is [{ IsPrefix: true } folder, ..] && await FailsAsync(container, folder.Prefix, after, cancellation) ? folder.Prefix : null;
        }
        catch (Exception e) when (IsFailed(e))
        {
            return null;
        }
    }

    /// <summary>The first of some letters, in their order, with which a name goes on to one that can't be listed.</summary>
    private static async Task<string?> LetterAsync(BlobContainerClient container, string name, string after, IEnumerable<string> letters, CancellationToken cancellation)
    {
        foreach (var some in letters.Chunk(ProbesAtOnce))
        {
            var fails = await Task.WhenAll(some.Select(letter => FailsAsync(container, name + letter, after, cancellation)));
            if (Array.IndexOf(fails, true) is var found and >= 0)
            {
                return some[found];
            }
        }

        return null;
    }

    /// <summary>The same of letters beyond ASCII.</summary>
    private static async Task<string?> LetterBeyondAsync(BlobContainerClient container, string name, string after, CancellationToken cancellation)
    {
        // What follows the lower bound can't be listed, what follows the upper one can.
        var (lower, upper) = (BeyondAscii - 1, Letters);
        while (upper - lower > Alphabet)
        {
            int[] bounds = [.. Enumerable.Range(1, ProbesAtOnce).Select(i => lower + (int)((long)(upper - lower) * i / (ProbesAtOnce + 1)))];
            var fails = await Task.WhenAll(bounds.Select(rank => name + Letter(rank)).Select(bound => FailsAsync(container, name, string.CompareOrdinal(bound, after) > 0 ? bound : after, cancellation)));
            var first = Array.IndexOf(fails, false);
            (lower, upper) = (first == 0 ? lower : bounds[first < 0 ? ^1 : first - 1], first < 0 ? upper : bounds[first]);
        }

        var from = Math.Max(BeyondAscii, lower - Alphabet);
        return await LetterAsync(container, name, after, Enumerable.Range(from, upper - from).Select(Letter), cancellation);
    }

    // The emulator's answer has no body, which the SDK reads as XML.
    private static bool IsFailed(Exception e) => e is RequestFailedException { Status: 500 } or XmlException;

    /// <summary>Whether the first name with a prefix after another can't be listed.</summary>
    private static async Task<bool> FailsAsync(BlobContainerClient container, string prefix, string? after, CancellationToken cancellation) =>
        await TryPageAsync(container, BlobTraits.None, prefix, after, 1, cancellation) is null;

    private static bool IsSaid(char letter) => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter);

    /// <summary>The letter of a rank in the order of names, which is that of UTF-16: surrogates come before U+E000.</summary>
    private static string Letter(int rank) => char.ConvertFromUtf32(rank < 0xD800 ? rank : rank < 0xD800 + 0x100000 ? rank - 0xD800 + 0x10000 : rank - 0x100000 + 0x800);

    private static int Rank(int letter) => letter < 0xD800 ? letter : letter >= 0x10000 ? letter - 0x10000 + 0xD800 : letter - 0x800 + 0x100000;
}
