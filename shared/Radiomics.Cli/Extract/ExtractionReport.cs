using Radiomics.Cli.Output;

namespace Radiomics.Cli.Extract;

/// <summary>What <c>radiomics extract</c> writes of one case.</summary>
/// <param name="Case">Name of the case.</param>
/// <param name="FieldStrength">Class of the field strength; null if unknown, and for NIfTI.</param>
/// <param name="Sequences">One for NIfTI, those of the study for DICOM.</param>
/// <param name="Warnings">What was left out or assumed of the study; those of an extraction are its vector's.</param>
public sealed record ExtractionReport(string Case, string? FieldStrength, IReadOnlyList<ExtractedSequence> Sequences, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether it is of an image with a mask of which several regions may be meant; there is a sequence for each then.</summary>
    public bool IsByLabel { get; init; }

    /// <summary>Whether it is of an image with one region.</summary>
    public bool IsNifti => Sequences is [{ Name: "image" }];

    /// <summary>Writes to a file, or to standard output as JSON, CSV or a table.</summary>
    public async Task WriteAsync(Terminal terminal, bool csv, string? file, CancellationToken cancellation)
    {
        foreach (var warning in Warnings.Concat(Sequences.SelectMany(sequence => sequence.Vector.Warnings)).Distinct(StringComparer.Ordinal))
        {
            terminal.Note($"Warning: {warning}");
        }

        csv |= file?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ?? false;
        if (file is not null)
        {
            await File.WriteAllBytesAsync(file, csv ? ExtractionCsv.Of(this) : ExtractionJson.Of(this), cancellation);
            terminal.Note($"Wrote {file}.");
        }
        else if (csv)
        {
            terminal.Write(ExtractionCsv.Of(this));
        }

        if (terminal.Json)
        {
            terminal.Write(ExtractionJson.Of(this));
        }
        else if (file is null && !csv)
        {
            ExtractionTable.Write(this, terminal);
        }
    }
}
