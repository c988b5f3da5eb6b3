using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pages.Console.Models;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Models;

/// <summary>What can be seen of a center's models.</summary>
public sealed class ModelShelf(CenterProfiles profiles, ModelRegistry models, ModelPromotions promotions, IDocumentPages pages)
{
    private const int VersionLength = 16;
    private const int MostStates = 20;

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

    /// <summary>The card of a version as JSON. It is the one in the package, of which the version is a digest; what lies beside the package for people who look there is told to nobody.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>ModelNotFound</c>.</exception>
    /// <exception cref="AlteredException">The package isn't the one of this version.</exception>
    public async Task<BinaryData> CardAsync(string center, string fieldStrength, string version) => BlobStore.Json(await ReadAsync(center, fieldStrength, version));

    /// <summary>The same as a page.</summary>
    /// <inheritdoc cref="CardAsync"/>
    public async Task<BinaryData> CardPageAsync(string center, string fieldStrength, string version) => await pages.CardAsync(await ReadAsync(center, fieldStrength, version));

    /// <summary>The card of a version.</summary>
    /// <inheritdoc cref="CardAsync"/>
    public Task<ModelCard> OpenCardAsync(string center, string fieldStrength, string version) => ReadAsync(center, fieldStrength, version);

    /// <summary>What there is to see of a center's models, by field strength. A model that can't be read is no reason not to show the others.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>.</exception>
    public async Task<IReadOnlyList<ModelOverview>> OverviewAsync(string center, CancellationToken cancellation) => await Task.WhenAll(
        profiles.Get(center).Models.OrderBy(model => model.Key, StringComparer.Ordinal).Select(model => DescribeAsync(center, model.Key, cancellation)));

    /// <summary>What there is to see of the models at one field strength.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>ModelNotFound</c>.</exception>
    public Task<ModelOverview> OverviewAsync(string center, string fieldStrength, CancellationToken cancellation)
    {
        Require(center, fieldStrength);
        return DescribeAsync(center, fieldStrength, cancellation);
    }

    private async Task<ModelOverview> DescribeAsync(string center, string fieldStrength, CancellationToken cancellation)
    {
        var sequence = profiles.Get(center).Models[fieldStrength];
        try
        {
            var states = await promotions.NewestAsync(center, fieldStrength, MostStates, cancellation);
            Dictionary<string, ModelCard> cards = new(StringComparer.Ordinal);
            var isFaulty = false;
            foreach (var version in states.Select(state => state.Model.Version).Distinct(StringComparer.Ordinal))
            {
                try
                {
                    cards.Add(version, await ReadAsync(center, fieldStrength, version));
                }
                catch (RadiomicsException) when (version != states[0].Model.Version)
                {
                    // One that was once; who asks for it is told.
                }
                catch (RadiomicsException)
                {
                    isFaulty = true;
                }
            }

            return new(fieldStrength, sequence, states, cards, isFaulty ? "The current model can't be read: studies at this field strength can't be predicted. Roll back to an earlier one, and tell the operator." : null);
        }
        catch (InvalidDataException)
        {
            return new(fieldStrength, sequence, [], new Dictionary<string, ModelCard>(), "The model that ships with the service can't be read: tell the operator.");
        }
    }

    private async Task<ModelCard> ReadAsync(string center, string fieldStrength, string version)
    {
        Require(center, fieldStrength);
        var isVersion = version.Length == VersionLength && version.All(char.IsAsciiHexDigitLower);
        return (isVersion ? await models.TryGetAsync(center, fieldStrength, version) : null)?.Card
            ?? throw new RadiomicsException("ModelNotFound", $"Center {center} has no model of this version for {fieldStrength}.");
    }
}
