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
            terminal.Results.Write(Table(status));
        }

        if (status.Error is null)
        {
            return ExitCodes.Ok;
        }

        terminal.WriteErrorLine(status.Error.Code, status.Error.Detail);
        return status.Error.Code == PredictionError.InternalFault ? ExitCodes.Failed : ExitCodes.BadInput;
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

    private static string? Number(double? value) => value?.ToString("F3", CultureInfo.InvariantCulture);
}
