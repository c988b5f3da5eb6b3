using Radiomics.Cli.Output;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>A row of an earlier run that may be used again.</summary>
/// <param name="Line">The whole line.</param>
/// <param name="ImageSha256">Digest of the image then.</param>
/// <param name="MaskSha256">Digest of the mask then.</param>
/// <param name="ReferenceMaskSha256">Digest of the reference region's mask then; null without one.</param>
internal sealed record OldRow(ReadOnlyMemory<byte> Line, string ImageSha256, string MaskSha256, string? ReferenceMaskSha256);

/// <summary>How the rows of a batch are written.</summary>
internal interface IBatchFormat
{
    /// <summary>What every output begins with, in UTF-8: by it one is told from other files.</summary>
    ReadOnlySpan<byte> Signature { get; }

    /// <summary>The usable rows of an earlier run by <see cref="Key"/>: successful, with the same settings, engine and label.</summary>
    Dictionary<string, OldRow> OldRows(IReadOnlyList<ReadOnlyMemory<byte>> lines);

    /// <summary>The lines to write for a case; none as long as the format has to wait, and then those that waited too.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Lines(BatchRow row);

    /// <summary>The lines that still wait when all cases are done.</summary>
    IEnumerable<ReadOnlyMemory<byte>> LastLines();

    /// <summary>What makes a row the same: name, paths, label, how the files are read, and the columns that only come along.</summary>
    static string Key(string name, string image, string mask, string? label, string? reading, IEnumerable<string> others) =>
        string.Join('\n', (string[])[name, image, mask, label ?? "", reading ?? "", .. others.Select(other => other.Replace('\n', ' '))]);
}

/// <summary>What became of a region of a case: a row used again, an extraction, or an error.</summary>
/// <param name="Case">The case.</param>
/// <param name="Label">The region's label as it is written; null for whatever isn't 0.</param>
/// <param name="Old">The row used again.</param>
/// <param name="Extracted">The extraction.</param>
/// <param name="Error">The error.</param>
internal sealed record BatchRow(BatchCase Case, string? Label, OldRow? Old, ExtractedSequence? Extracted, CommandError? Error);
