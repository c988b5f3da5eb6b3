using System.Globalization;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>Shows one prediction's status, and says how the shell is to take it.</summary>
public static class PredictionReport
{
    /// <summary>Writes the status: with <c>--json</c> as the service gives it, else as a table; a failure also as a sentence on standard error.</summary>
    /// <returns>0 unless it failed: 3 for bad input, 1 for a fault of the service.</returns>
    public static int Write(Terminal terminal, PredictionStatus status)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(status);
        }
        else if (status.Error is null)
        {
            terminal.Show(Table(status));
        }

        if (status.Error is null)
        {
            return ExitCodes.Ok;
        }

        terminal.WriteErrorLine(status.Error.Code, status.Error.Detail);
        return status.Error.IsFault ? ExitCodes.Failed : ExitCodes.BadInput;
    }

    private static Table Table(PredictionStatus status)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("what", "value");
        void Row(string what, string? value)
        {
            if (value is not null)
            {
                table.AddRow(Markup.Escape(what), Markup.Escape(value));
            }
        }

        Row("prediction", status.Id);
        Row("center", status.Center);
        Row("status", status.Status.ToString().ToLowerInvariant());
        Row("before it", status.Ahead is { } ahead ? $"{ahead} of its center" : null);
        if (status.Prediction is not { } prediction)
        {
            Row("sequences", string.Join(", ", status.Sequences.Select(s => $"{s.Key} {s.Value.ToString().ToLowerInvariant()}")));
            return table;
        }

        Row("field strength", prediction.FieldStrength ?? "unknown");
        if (prediction.Model is { } model)
        {
            Row("model", $"{model.Name}, version {model.Version}");
            Row("reads", model.Sequence);
            Row("outcome", model.Outcome);
            Row("probability", Number(prediction.Probability));
            Row("decision", $"{prediction.Decision?.ToString().ToLowerInvariant()} (threshold {Number(prediction.Threshold)})");
            Explain(prediction.Explanation, Row);
        }
        else
        {
            Row("model", "none for this center: features only");
        }

        foreach (var sequence in prediction.Sequences)
        {
            Row(sequence.Name, $"ROI {sequence.RoiVolumeMl.ToString("F1", CultureInfo.InvariantCulture)} ml, features/{sequence.Features?.Blob ?? "–"}");
        }

        Row("settings", $"{prediction.Settings} ({prediction.SettingsHash[..12]}…), engine {prediction.EngineVersion}");
        foreach (var warning in prediction.Warnings)
        {
            Row("warning", warning);
        }

        Row("notice", prediction.Notice);
        return table;
    }

    private static void Explain(PredictionExplanation? explanation, Action<string, string?> row)
    {
        if (explanation is null)
        {
            return;
        }

        row("log-odds", $"{Signed(explanation.Base)} before any feature");
        foreach (var contribution in explanation.Contributions.OrderByDescending(c => Math.Abs(c.Contribution)))
        {
            row("", $"{Signed(contribution.Contribution)} {contribution.Feature} = {contribution.Value?.ToString("G5", CultureInfo.InvariantCulture) ?? "undefined"} ({Signed(contribution.Standardised)} SD)");
        }

        var distance = explanation.Distance;
        row("like training", string.Create(
            CultureInfo.InvariantCulture,
            $"{(distance.Outside ? "no" : "yes")}: {distance.Percentile:0.#} % of the training cases lie nearer; out of range: {(distance.OutOfRange.Count > 0 ? string.Join(", ", distance.OutOfRange) : "none")}"));
    }

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string? Number(double? value) => value?.ToString("F3", CultureInfo.InvariantCulture);
}
