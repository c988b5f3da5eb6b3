using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Models;

/// <summary>What can be seen of a center's models.</summary>
public sealed class ModelShelf(CenterProfiles profiles, ModelRegistry models, ModelPromotions promotions, BlobStore store)
{
    private const int VersionLength = 16;

    /// <summary>Passes centers and field strengths for which there can be a model.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>ModelNotFound</c>.</exception>
    public void Require(string center, string fieldStrength)
    {
        var known = profiles.Get(center).Models.Keys;
        if (!known.Contains(fieldStrength))
        {
            var has = known.Any() ? $"models for {string.Join(" and ", known.Order(StringComparer.Ordinal))}" : "no models";
            throw new RadiomicsException("ModelNotFound", $"Center {center} has {has}.");
        }
    }

    /// <summary>The current model and those before it.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>ModelNotFound</c>.</exception>
    public async Task<ModelHistory> GetAsync(string center, string fieldStrength)
    {
        Require(center, fieldStrength);

        // What ships with the app becomes the current model when it is first asked for.
        await models.CurrentAsync(center, fieldStrength);
        var history = await promotions.HistoryAsync(center, fieldStrength);
        return history.Count > 0
            ? new ModelHistory { Center = center, FieldStrength = fieldStrength, Current = history[^1], History = history }
            : throw new RadiomicsException("ModelNotFound", $"Center {center} has no model for {fieldStrength} yet.");
    }

    /// <summary><c>card.json</c> of a version.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>ModelNotFound</c>.</exception>
    public Task<BinaryData> CardAsync(string center, string fieldStrength, string version) => ReadAsync(center, fieldStrength, version, "card.json");

    /// <summary><c>card.html</c> of a version.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>ModelNotFound</c>.</exception>
    public Task<BinaryData> CardPageAsync(string center, string fieldStrength, string version) => ReadAsync(center, fieldStrength, version, "card.html");

    private async Task<BinaryData> ReadAsync(string center, string fieldStrength, string version, string file)
    {
        Require(center, fieldStrength);
        var isVersion = version.Length == VersionLength && version.All(char.IsAsciiHexDigitLower);
        return (isVersion ? await store.TryReadAsync(Containers.Models, $"{center}/{fieldStrength}/{version}/{file}") : null)?.Content
            ?? throw new RadiomicsException("ModelNotFound", $"Center {center} has no model of this version for {fieldStrength}.");
    }
}
