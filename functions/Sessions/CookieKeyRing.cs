using System.Globalization;
using System.Xml.Linq;
using Azure;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Sessions;

/// <summary>
/// Keeps the keys of cookies in one blob, so that all instances of the service read each other's. Of two that start at the same time both go on with the key of whoever was first: the framework asks for the keys again after
/// it has stored one, and finds the other. Each entry is sealed under the service's secret, since the framework would take one that isn't encrypted, too: who may write to the account can put in no key.
/// </summary>
internal sealed class CookieKeyRing(BlobStore store, UidKey secret, TimeProvider clock) : IXmlRepository
{
    /// <summary>The blob.</summary>
    public const string Name = "ring.xml";

    private const string Entry = "entry";
    private const string Seal = "seal";

    // A cookie lives for hours: what was made under a key that ended before that, nobody has any more.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(30);

    // The framework asks for it when the process starts, too, which must not wait for storage that is away.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private HashSet<string> _seen = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var ours = Ours(ReadAsync().GetAwaiter().GetResult().Ring);
        lock (_gate)
        {
            _seen = [.. ours.Select(IdOf)];
        }

        return ours;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => StoreAsync(element).GetAwaiter().GetResult();

    private static string IdOf(XElement element) => $"{element.Name} {(string?)element.Attribute("id")}";

    private async Task StoreAsync(XElement element)
    {
        await store.EnsureContainersAsync(Containers.CookieKeys);
        HashSet<string> seen;
        lock (_gate)
        {
            seen = _seen;
        }

        while (true)
        {
            var (ring, version) = await ReadAsync();
            if (element.Name == "key" && Ours(ring).Any(key => key.Name == "key" && !seen.Contains(IdOf(key))))
            {
                return;
            }

            ring.Elements(Entry).Where(IsOver).Remove();
            var text = element.ToString(SaveOptions.DisableFormatting);
            ring.Add(new XElement(Entry, new XAttribute(Seal, SealOf(text)), text));
            if (await store.TryReplaceAsync(Containers.CookieKeys, Name, new BinaryData(ring.ToString(SaveOptions.DisableFormatting)), version, contentType: "application/xml"))
            {
                lock (_gate)
                {
                    _seen = [.. _seen, IdOf(element)];
                }

                return;
            }
        }
    }

    // Those of another secret, after a rotation, are of no use here, and stay for whoever still has it.
    private List<XElement> Ours(XElement ring) => [.. ring.Elements(Entry).Where(IsOurs).Select(entry => XElement.Parse(entry.Value))];

    private bool IsOurs(XElement entry) => (string?)entry.Attribute(Seal) == SealOf(entry.Value);

    private bool IsOver(XElement entry) => IsOurs(entry)
        && DateTimeOffset.TryParse((string?)XElement.Parse(entry.Value).Element("expirationDate"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
        && end + s_kept < clock.GetUtcNow();

    private string SealOf(string text) => secret.Sign($"{Containers.CookieKeys} {text}");

    private async Task<(XElement Ring, ETag? Version)> ReadAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        return await store.TryReadAsync(Containers.CookieKeys, Name, patience.Token) is { } blob ? (XElement.Parse(blob.Content.ToString()), blob.Details.ETag) : (new XElement("ring"), null);
    }
}
