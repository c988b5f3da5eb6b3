using System.Globalization;
using Radiomics.Learning;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>What came of a retraining: for each field strength the candidates, the winner, its figures, and where its card is.</summary>
/// <param name="Status">As the service gives it.</param>
/// <param name="Models">The models that it made, finished or waiting.</param>
public sealed record RetrainingReport(RetrainingStatus Status, IReadOnlyList<RetrainingReport.MadeModel> Models)
{
    /// <summary>A model with its card.</summary>
    /// <param name="FieldStrength">Field strength.</param>
    /// <param name="Version">Version of its package.</param>
    /// <param name="Card">The card.</param>
    /// <param name="CardUrl">Where a browser gets its page.</param>
    /// <param name="CardBlob">Where the page lies: container and name.</param>
    public sealed record MadeModel(string FieldStrength, string Version, ModelCard Card, Uri CardUrl, string CardBlob);

    /// <summary>Writes tables and sentences, or the JSON.</summary>
    /// <returns>0 if there is a model; 3 for a cohort that none can be made of, 1 for a fault of the service.</returns>
    public int Write(Terminal terminal)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Retraining = Status, Models });
        }
        else
        {
            foreach (var model in Models)
            {
                Write(terminal, model);
            }

            foreach (var group in Status.Record?.Groups ?? [])
            {
                Write(terminal, group);
            }

            foreach (var waiting in Status.Progress?.Waiting ?? [])
            {
                terminal.WriteLine(
                    $"{waiting.FieldStrength}: waits for approval: radiomics models approve {Status.Id} --center {Status.Center} --field {waiting.FieldStrength} --name … --reason …");
            }
        }

        if (Error() is not { } error)
        {
            return ExitCodes.Ok;
        }

        terminal.WriteErrorLine(error.Code, error.Detail);
        return error.IsFault ? ExitCodes.Failed : ExitCodes.BadInput;
    }

    private PredictionError? Error() =>
        Status.Error ?? (Models.Count == 0 ? Status.Record?.Groups.Select(group => group.Error).FirstOrDefault(error => error is not null) : null);

    private static void Write(Terminal terminal, MadeModel model)
    {
        var card = model.Card;
        var winner = new Candidate(card.Sequence, card.FeatureSet, card.Learner);
        var table = new Table().Border(TableBorder.Rounded).Title($"{Markup.Escape(card.Center)} {Markup.Escape(model.FieldStrength)}")
            .AddColumns("", "sequence", "features", "learner", "CV AUC", "± folds", "Δ winner", "p");
        foreach (var candidate in card.Candidates.OrderByDescending(candidate => candidate.CvAuc ?? -1))
        {
            table.AddRow(
                candidate.Candidate == winner ? "→" : "",
                Markup.Escape(candidate.Candidate.Sequence),
                Word(candidate.Candidate.FeatureSet),
                Word(candidate.Candidate.Learner),
                candidate.Skipped is { } reason ? Markup.Escape(reason) : Number(candidate.CvAuc),
                Number(candidate.CvAucDeviation),
                Number(candidate.DifferenceToWinner),
                Number(candidate.P));
        }

        terminal.Show(table);
        terminal.Show(Figures(card));
        terminal.WriteLine($"Corrected for having chosen the best: AUC {Number(card.SelectionCorrectedAuc)} {Range(card.SelectionCorrectedInterval)}. Version {model.Version}.");
        terminal.WriteLine($"Card: {model.CardUrl} (a browser gets the page), {model.CardBlob}");
        terminal.WriteLine(card.Notice);
    }

    private static Table Figures(ModelCard card)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "cases", "AUC", "95 %", "accuracy", "sensitivity", "specificity", "Brier");
        void Row(string what, Evaluation? evaluation)
        {
            if (evaluation is not null)
            {
                table.AddRow(
                    what,
                    $"{evaluation.Cases} ({evaluation.Positives}+)",
                    Number(evaluation.Auc),
                    Range(evaluation.AucInterval),
                    Number(evaluation.Accuracy),
                    Number(evaluation.Sensitivity),
                    Number(evaluation.Specificity),
                    Number(evaluation.Brier));
            }
        }

        Row("training (resubstitution)", card.Train);
        Row("cross-validation", card.CrossValidation);
        Row("held out", card.Test);
        return table;
    }

    private static void Write(Terminal terminal, RetrainedGroup group)
    {
        foreach (var skipped in group.Skipped)
        {
            terminal.WriteLine($"{group.FieldStrength} {skipped.Sequence}: left out ({skipped.Error.Code}). {skipped.Error.Detail}");
        }

        if (group.Promotion is { } promotion)
        {
            terminal.WriteLine($"{group.FieldStrength}: {(promotion.Promoted ? "promoted" : "not promoted")} ({promotion.Code}). {promotion.Reason}");
        }

        if (group.Error is { } error)
        {
            terminal.WriteLine($"{group.FieldStrength}: {error.Detail} ({error.Code})");
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Range(Interval interval) => $"{Number(interval.Low)}–{Number(interval.High)}";

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
}
