using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Emulator;

/// <summary>
/// Lists the blobs of a container, whatever they are called. XML can't hold every name (control characters, U+FFFE): Azure says such a name percent-encoded, and the SDK reads
/// it; the emulator fails each page that has one, and with it all others' names. Here such a page is taken apart, and the name found letter by letter, for no other
/// call tells it: some hundred requests a name, which only an emulator on this machine ever gets. Where two such names of one folder part with letters beyond ASCII, those
/// between them may be left out.
/// </summary>
internal static class ListedBlobs
{
    private const int PageSize = 5000;

    /// <summary>A name that goes on for longer below its folder isn't searched for: it is left out, with those that begin like it.</summary>
    private const int MostLetters = 256;

    private const int ProbesAtOnce = 16;

    /// <summary>Letters up to here are tried one by one; those beyond are too many, and looked for between bounds.</summary>
    private const int Tried = 0x80;

    /// <summary>How many letters there are: code points without surrogates.</summary>
    private const int Letters = 0x110000 - 0x800;

    /// <summary>The blobs whose names begin with a prefix, in the order of their names.</summary>
    /// <param name="container">Where.</param>
    /// <param name="traits">What is to be known of them.</param>
    /// <param name="prefix">How their names begin; null: all.</param>
    /// <param name="isWhole">Whether a name that can't be found is a fault, and not left out.</param>
    /// <exception cref="InvalidDataException">Such a name, where none may be left out.</exception>
    /// <exception cref="RequestFailedException">The account refuses, or fails whatever is asked.</exception>
    public static async IAsyncEnumerable<BlobItem> ListAsync(
        BlobContainerClient container, BlobTraits traits, string? prefix, bool isWhole, [EnumeratorCancellation] CancellationToken cancellation)
    {
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
            else if (await FindAsync(container, prefix ?? "", after ?? "", isWhole, cancellation) is var (name, blob))
            {
                if (blob is not null)
                {
                    yield return blob;
                }
                else if (isWhole)
                {
                    throw new InvalidDataException("The storage emulator can't list a blob of this folder, whose name holds what XML can't.");
                }

                // After all that begin so, where that is all that is known of it.
                after = blob is null ? name + '\uFFFF' : name;
            }
        }
    }

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
    /// The first blob after a name, which the emulator can't list: its folders a listing by folders tells, its letters are tried. No blob: the name isn't whole. Null: what failed
    /// doesn't fail any more, and wasn't a name.
    /// </summary>
    private static async Task<(string Name, BlobItem? Blob)?> FindAsync(
        BlobContainerClient container, string prefix, string after, bool isWhole, CancellationToken cancellation)
    {
        var name = prefix;
        while (await FolderAsync(container, name, after, cancellation) is { } folder)
        {
            name = folder;
        }

        for (var letters = 0; letters < MostLetters; letters++)
        {
            if (string.CompareOrdinal(name, after) > 0 && await TryGetAsync(container, name, cancellation) is { } blob)
            {
                return (name, blob);
            }

            if (!await FailsAsync(container, name, after, cancellation))
            {
                return null;
            }

            if (await LetterAsync(container, name, after, isWhole, cancellation) is not { } letter)
            {
                break;
            }

            name += letter;
        }

        return (name, null);
    }

    private static async Task<string?> FolderAsync(BlobContainerClient container, string prefix, string after, CancellationToken cancellation)
    {
        try
        {
            var page = await FirstAsync(container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", prefix, cancellation), after, 1);
            return page.Values is [{ IsPrefix: true } folder, ..] ? folder.Prefix : null;
        }
        catch (Exception e) when (IsFailed(e))
        {
            return null;
        }
    }

    /// <summary>The next letter of the first name after <paramref name="after"/>, of which the beginning is known; null: one that can't be told for certain, where it must.</summary>
    private static async Task<Rune?> LetterAsync(BlobContainerClient container, string name, string after, bool isCertain, CancellationToken cancellation)
    {
        for (var first = 0; first < Tried; first += ProbesAtOnce)
        {
            var fails = await Task.WhenAll(Enumerable.Range(first, ProbesAtOnce).Select(i => FailsAsync(container, name + Letter(i), after, cancellation)));
            if (fails.All(fault => fault))
            {
                throw new RequestFailedException(500, "The storage fails all listings of a container.");
            }

            if (Array.IndexOf(fails, true) is var found and >= 0)
            {
                return Letter(first + found);
            }
        }

        if (isCertain)
        {
            return null;
        }

        // What follows the lower bound is such a name, what follows the upper one isn't.
        var (lower, upper) = (Tried - 1, Letters);
        while (upper - lower > 1)
        {
            var middle = (lower + upper) / 2;
            var bound = name + Letter(middle);
            (lower, upper) = await FailsAsync(container, name, string.CompareOrdinal(bound, after) > 0 ? bound : after, cancellation) ? (middle, upper) : (lower, middle);
        }

        return Letter(upper < Letters && !await FailsAsync(container, name + Letter(lower), after, cancellation) ? upper : lower);
    }

    // The emulator's answer has no body, which the SDK reads as XML.
    private static bool IsFailed(Exception e) => e is RequestFailedException { Status: 500 } or System.Xml.XmlException;

    /// <summary>Whether the first name with a prefix after another can't be listed.</summary>
    private static async Task<bool> FailsAsync(BlobContainerClient container, string prefix, string after, CancellationToken cancellation) =>
        await TryPageAsync(container, BlobTraits.None, prefix, after, 1, cancellation) is null;

    /// <summary>The letter of a rank in the order of names, which is that of UTF-16: surrogates come before U+E000.</summary>
    private static Rune Letter(int rank) => new(rank < 0xD800 ? rank : rank < 0xD800 + 0x100000 ? rank - 0xD800 + 0x10000 : rank - 0x100000 + 0x800);

    private static async Task<BlobItem?> TryGetAsync(BlobContainerClient container, string name, CancellationToken cancellation)
    {
        try
        {
            var found = (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation)).Value;
            var properties = BlobsModelFactory.BlobItemProperties(
                accessTierInferred: false, eTag: found.ETag, lastModified: found.LastModified, contentLength: found.ContentLength, blobType: found.BlobType, leaseState: found.LeaseState);
            return BlobsModelFactory.BlobItem(name: name, properties: properties, metadata: found.Metadata);
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            return null;
        }
    }
}
