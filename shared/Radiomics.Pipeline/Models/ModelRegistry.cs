using System.Collections.Concurrent;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>
/// The model packages of all centers, and which one is current. A package that ships with the app (<c>models/demonstration/{center}-{fieldStrength}.zip</c>)
/// becomes the current one where there is none yet.
/// </summary>
public sealed class ModelRegistry(BlobStore store, CenterProfiles profiles, IDocumentPages pages)
{
    private readonly ConcurrentDictionary<string, Task<ModelPackage>> _loaded = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ModelPackage> _versions = new(StringComparer.Ordinal);

    /// <summary>Number of packages in memory.</summary>
    public int Loaded => _loaded.Count;

    /// <summary>The current model of a center at a field strength; null if there is none.</summary>
    public async Task<ModelPointer?> CurrentAsync(string center, string fieldStrength)
    {
        var name = $"{center}/{fieldStrength}/current.json";
        return await store.TryReadJsonAsync<ModelPointer>(Containers.Models, name)
            ?? (await SeedAsync(center, fieldStrength, name) ? await store.TryReadJsonAsync<ModelPointer>(Containers.Models, name) : null);
    }

    /// <summary>The package of the current model of a center at a field strength; null if there is none. Unlike <see cref="CurrentAsync"/> it writes nothing.</summary>
    /// <exception cref="InvalidDataException">The package can't be used.</exception>
    /// <exception cref="AlteredException">It isn't the one that the pointer names.</exception>
    public async Task<ModelPackage?> TryOpenCurrentAsync(string center, string fieldStrength) =>
        await store.TryReadJsonAsync<ModelPointer>(Containers.Models, $"{center}/{fieldStrength}/current.json") is { } pointer
            ? await GetAsync(center, fieldStrength, pointer)
            : null;

    /// <summary>A package by its pointer, from memory if it has been used before.</summary>
    /// <exception cref="InvalidDataException">It can't be used: the service's fault, not the sender's.</exception>
    /// <exception cref="AlteredException">It isn't the package that was pinned.</exception>
    public async Task<ModelPackage> GetAsync(string center, string fieldStrength, ModelPointer pointer)
    {
        var key = $"{center}/{fieldStrength}/{pointer.Version}/{pointer.Sha256}";
        var loading = _loaded.GetOrAdd(key, _ => LoadAsync(center, fieldStrength, pointer));
        try
        {
            return await loading;
        }
        catch
        {
            _loaded.TryRemove(KeyValuePair.Create(key, loading));
            throw;
        }
    }

    /// <summary>A package by its version, which is a digest of it; null if there is none.</summary>
    /// <exception cref="AlteredException">What lies there isn't it.</exception>
    public async Task<ModelPackage?> TryGetAsync(string center, string fieldStrength, string version)
    {
        var name = PackageName(center, fieldStrength, version);
        if (_versions.TryGetValue(name, out var known))
        {
            return known;
        }

        if (await store.TryReadAsync(Containers.Models, name) is not { } blob)
        {
            return null;
        }

        try
        {
            return Open(blob.Content) is var package && package.Version == version ? _versions[name] = package : throw AlteredException.OfPart(Containers.Models, name);
        }
        catch (InvalidDataException)
        {
            throw AlteredException.OfPart(Containers.Models, name);
        }
    }

    /// <summary>Stores a trained package with its card (<c>{center}/{fieldStrength}/{version}/package.zip</c>, <c>card.json</c>, <c>card.html</c>); what is there already stays.</summary>
    public async Task<(string Sha256, BlobReference Card)> StoreAsync(string center, string fieldStrength, ModelPackageBytes package)
    {
        var folder = $"{center}/{fieldStrength}/{package.Version}";
        var content = new BinaryData(package.Zip);
        var card = BlobStore.Json(package.Card);
        await store.WriteOnceAsync(Containers.Models, PackageName(center, fieldStrength, package.Version), content, "application/zip");
        await store.WriteOnceAsync(Containers.Models, $"{folder}/card.json", card);
        await store.WriteOnceAsync(Containers.Models, $"{folder}/card.html", await pages.CardAsync(package.Card), "text/html; charset=utf-8");
        return (Digest.Of(content), new BlobReference($"{folder}/card.json", Digest.Of(card)));
    }

    private async Task<ModelPackage> LoadAsync(string center, string fieldStrength, ModelPointer pointer)
    {
        var content = await store.ReadCheckedAsync(Containers.Models, PackageName(center, fieldStrength, pointer.Version), pointer.Sha256);
        var package = Open(content);
        return package.Version == pointer.Version
            ? package
            : throw new InvalidDataException($"The model package {center}/{fieldStrength}/{pointer.Version} says of itself that it is {package.Version}.");
    }

    private async Task<bool> SeedAsync(string center, string fieldStrength, string pointerName)
    {
        var file = Path.Combine(profiles.Folder, "demonstration", $"{center}-{fieldStrength}.zip");
        if (!File.Exists(file))
        {
            return false;
        }

        var content = new BinaryData(await File.ReadAllBytesAsync(file));
        var package = Open(content);
        if (package.Card.Center != center || package.Card.FieldStrength != fieldStrength)
        {
            throw new InvalidDataException($"The package demonstration/{center}-{fieldStrength}.zip is of center {package.Card.Center} at {package.Card.FieldStrength}.");
        }

        await StoreAsync(center, fieldStrength, new ModelPackageBytes(package.Version, content.ToArray(), package.Card));
        await store.WriteJsonOnceAsync(Containers.Models, pointerName, new ModelPointer
        {
            Version = package.Version,
            Sequence = package.Sequence,
            Sha256 = Digest.Of(content),
            PromotedBy = "demonstration",
        });
        return true;
    }

    /// <summary>Name of a package.</summary>
    internal static string PackageName(string center, string fieldStrength, string version) => $"{center}/{fieldStrength}/{version}/package.zip";

    private static ModelPackage Open(BinaryData content)
    {
        try
        {
            return ModelPackage.Load(content.ToStream());
        }
        catch (RadiomicsException e)
        {
            throw new InvalidDataException("A stored model package can't be used.", e);
        }
    }
}
