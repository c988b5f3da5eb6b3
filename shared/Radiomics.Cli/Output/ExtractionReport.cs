using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Radiomics.Extraction;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>Features of one sequence, with what they were computed from.</summary>
/// <param name="Name">Sequence name, or <c>image</c> for NIfTI.</param>
/// <param name="Vector">The features.</param>
/// <param name="ImageSha256">SHA-256 of the NIfTI image: the file read, or the de-identified volume as NIfTI.</param>
/// <param name="MaskSha256">SHA-256 of the mask, in the same way.</param>
public sealed record ExtractedSequence(string Name, FeatureVector Vector, string ImageSha256, string MaskSha256);

/// <summary>What <c>radiomics extract</c> writes.</summary>
/// <param name="Case">Name of the case.</param>
/// <param name="FieldStrength">Class of the field strength; null if unknown, and for NIfTI.</param>
/// <param name="Sequences">One for NIfTI, those of the study for DICOM.</param>
/// <param name="Warnings">What was left out or assumed.</param>
public sealed record ExtractionReport(string Case, string? FieldStrength, IReadOnlyList<ExtractedSequence> Sequences, IReadOnlyList<string> Warnings)
{
    private bool IsNifti => Sequences is [{ Name: "image" }];

    /// <summary>Writes to a file, or to standard output as JSON, CSV or a table.</summary>
    public async Task WriteAsync(Terminal terminal, bool csv, string? file, CancellationToken cancellation)
    {
        foreach (var warning in Warnings)
        {
            terminal.Note($"Warning: {warning}");
        }

        csv |= file?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ?? false;
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, csv ? Csv() : JsonSerializer.Serialize(Json(), RadiomicsJson.Indented) + "\n", cancellation);
            terminal.Note($"Wrote {file}.");
        }
        else if (csv)
        {
            terminal.Write(Csv());
        }

        if (terminal.Json)
        {
            terminal.WriteJson(Json());
        }
        else if (file is null && !csv)
        {
            Table(terminal);
        }
    }

    private object Json() => IsNifti
        ? Json(Sequences[0])
        : new { Case, FieldStrength, Sequences = Sequences.ToDictionary(s => s.Name, Json), Warnings };

    private static object Json(ExtractedSequence sequence) => new
    {
        sequence.Vector.Features,
        sequence.Vector.Diagnostics,
        sequence.Vector.Undefined,
        sequence.Vector.Settings,
        Provenance = new
        {
            sequence.Vector.EngineVersion,
            sequence.Vector.SettingsHash,
            sequence.ImageSha256,
            sequence.MaskSha256,
        },
    };

    private string Csv()
    {
        using var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord(["case", "sequence", "feature", "value"]);
            foreach (var sequence in Sequences)
            {
                foreach (var (feature, value) in sequence.Vector.Features)
                {
                    csv.WriteRecord([Case, sequence.Name, feature, value?.ToString("R", CultureInfo.InvariantCulture)]);
                }
            }
        }

        return text.ToString();
    }

    private void Table(Terminal terminal)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("feature");
        foreach (var sequence in Sequences)
        {
            table.AddColumn(new TableColumn(Markup.Escape(sequence.Name)).RightAligned());
        }

        foreach (var feature in Sequences.SelectMany(s => s.Vector.Features.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            table.AddRow([feature, .. Sequences.Select(s => s.Vector.Features.GetValueOrDefault(feature)?.ToString("G7", CultureInfo.InvariantCulture) ?? "–")]);
        }

        terminal.Results.Write(table);
        terminal.WriteLine($"settings {Sequences[0].Vector.Settings.Name} ({Sequences[0].Vector.SettingsHash[..12]}…), engine {Sequences[0].Vector.EngineVersion}");
    }
}
