using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Models;

/// <summary>What there is to see of a center's models at one field strength.</summary>
/// <param name="FieldStrength">Field strength.</param>
/// <param name="Sequence">The sequence that the center's profile trains for.</param>
/// <param name="States">The newest states, the current one first; none if there is no model yet.</param>
/// <param name="Cards">Cards by version; one that can't be read isn't among them.</param>
/// <param name="Fault">What is wrong with the current model, a sentence; null if nothing is.</param>
public sealed record ModelOverview(string FieldStrength, string Sequence, IReadOnlyList<DatedModel> States, IReadOnlyDictionary<string, ModelCard> Cards, string? Fault)
{
    /// <summary>The current state; null if there is none.</summary>
    public DatedModel? Current => States.Count > 0 ? States[0] : null;

    /// <summary>Older states that aren't among these.</summary>
    public int Older => States.Count > 0 ? States[^1].Model.Number - 1 : 0;

    /// <summary>The card of a version; null if it can't be read.</summary>
    public ModelCard? CardOf(string version) => Cards.GetValueOrDefault(version);
}
