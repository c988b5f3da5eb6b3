using Microsoft.Extensions.Localization;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Report;

/// <summary>The outcomes of models as questions, and as what patients have. Those of the product are known in all languages; others are quoted from the model's card.</summary>
internal static class OutcomeWords
{
    // A card may say more of it in brackets.
    private static readonly (string Outcome, string Key)[] s_known = [("High liver iron two years after transplantation", "IronTwoYears")];

    /// <summary>The question that a prediction answers.</summary>
    public static NamedWords Question(IStringLocalizer text, Prediction prediction) => prediction.Model is not { } model
        ? new(text["Question.FeaturesOnly"])
        : KeyOf(model.Outcome) is { } key ? new(text[$"Outcome.{key}.Question"]) : NamedWords.Of(text["Outcome.Other.Question"], model.Outcome.TrimEnd('.'));

    /// <summary>What so many of a hundred patients have, as a sentence.</summary>
    public static NamedWords Frequency(IStringLocalizer text, PredictionModel model, string howMany) => KeyOf(model.Outcome) is { } key
        ? new(text[$"Outcome.{key}.Frequency", howMany])
        : NamedWords.Of(text["Outcome.Other.Frequency", howMany, "{0}"], model.Outcome.TrimEnd('.'));

    private static string? KeyOf(string outcome) => s_known.FirstOrDefault(known => outcome == known.Outcome || outcome.StartsWith($"{known.Outcome} (", StringComparison.Ordinal)).Key;
}
