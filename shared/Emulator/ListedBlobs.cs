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

    /// <summary>Letters up to here are tried one by one; those beyond are too many, and looked for between bounds.</summary>
    private const int Tried = 0x80;

    /// <summary>How many letters there are: code points without surrogates.</summary>
    private const int Letters = 0x110000 - 0x800;

    /// <summary>No name begins like this: where a listing of it fails, all do.</summary>
    private const string Nobody = "\u007F\u007F\u007F";

    /// <summary>The letters that XML can hold next to those that it can't: behind one of them a listing goes on.</summary>
    private static readonly string[] s_bounds = ["\t", "\r", " "];

    /// <summary>The same before the last two letters of all.</summary>
    private const string LastBound = "\uFFFD";

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
            else if (await BehindAsync(container, prefix ?? "", after ?? "", cancellation) is { } behind)
            {
                leftOut?.Invoke();
                after = behind;
            }
            else
            {
                leftOut?.Invoke();
                yield break;
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
    /// Where a listing goes on whose first name after another can't be said: behind the letters of that name that can be, and those that can't be. Nothing that can be said lies between, unless its whole name
    /// is one of the bounds. Null: nothing comes behind.
    /// </summary>
    private static async Task<string?> BehindAsync(BlobContainerClient container, string prefix, string after, CancellationToken cancellation)
    {
        var name = prefix;
        while (await FolderAsync(container, name, after, cancellation) is { } folder)
        {
            name = folder;
        }

        while (name.Length < prefix.Length + MostLetters)
        {
            string[] bounds = [.. s_bounds.Select(bound => name + bound).Where(bound => string.CompareOrdinal(bound, after) > 0)];
            foreach (var bound in bounds)
            {
                if (!await FailsAsync(container, prefix, bound, cancellation))
                {
                    return bound;
                }
            }

            if (await LetterAsync(container, name, after, cancellation) is not { } letter)
            {
                return bounds.Append(name + LastBound).FirstOrDefault(bound => string.CompareOrdinal(bound, after) > 0) ?? Successor(name, prefix.Length);
            }

            name += letter;
        }

        return Successor(name, prefix.Length);
    }

    /// <summary>The least text that isn't before any that begins with a name; null if there is none with the name's first letters.</summary>
    private static string? Successor(string name, int first)
    {
        for (var i = name.Length - 1; i >= first; i--)
        {
            if (name[i] < '\uD7FF' && IsSaid((char)(name[i] + 1)))
            {
                return name[..i] + (char)(name[i] + 1);
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

    /// <summary>The next letter of the first name after <paramref name="after"/>, of which the beginning is known; null if that is none that can be said.</summary>
    private static async Task<string?> LetterAsync(BlobContainerClient container, string name, string after, CancellationToken cancellation)
    {
        for (var first = 0; first < Tried; first += ProbesAtOnce)
        {
            var fails = await Task.WhenAll(Enumerable.Range(first, ProbesAtOnce).Select(i => IsSaid((char)i) ? FailsAsync(container, name + (char)i, after, cancellation) : Task.FromResult(false)));
            if (Array.IndexOf(fails, true) is var found and >= 0)
            {
                return $"{(char)(first + found)}";
            }
        }

        // What follows the lower bound is such a name, what follows the upper one isn't.
        var (lower, upper) = (Tried - 1, Letters);
        while (upper - lower > 1)
        {
            var middle = (lower + upper) / 2;
            var bound = name + Said(middle);
            (lower, upper) = await FailsAsync(container, name, string.CompareOrdinal(bound, after) > 0 ? bound : after, cancellation) ? (middle, upper) : (lower, middle);
        }

        foreach (var rank in (int[])[lower, upper])
        {
            if (rank is >= Tried and < Letters && await FailsAsync(container, name + Said(rank), after, cancellation))
            {
                return Said(rank);
            }
        }

        return null;
    }

    // The emulator's answer has no body, which the SDK reads as XML.
    private static bool IsFailed(Exception e) => e is RequestFailedException { Status: 500 } or XmlException;

    /// <summary>Whether the first name with a prefix after another can't be listed.</summary>
    private static async Task<bool> FailsAsync(BlobContainerClient container, string prefix, string? after, CancellationToken cancellation) =>
        await TryPageAsync(container, BlobTraits.None, prefix, after, 1, cancellation) is null;

    private static bool IsSaid(char letter) => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter);

    /// <summary>The letter of a rank in the order of names, which is that of UTF-16: surrogates come before U+E000. For the last two, which XML can't hold, the one before them.</summary>
    private static string Said(int rank) =>
        char.ConvertFromUtf32(rank < 0xD800 ? rank : rank < 0xD800 + 0x100000 ? rank - 0xD800 + 0x10000 : Math.Min(rank - 0x100000 + 0x800, LastBound[0]));
}
