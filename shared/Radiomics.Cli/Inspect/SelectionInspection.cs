using Radiomics.Dicom;

namespace Radiomics.Cli.Inspect;

/// <summary>What becomes of one volume of a series at a center, and why.</summary>
internal sealed record SelectionInspection
{
    /// <summary>SeriesNumber.</summary>
    public required int? SeriesNumber { get; init; }

    /// <summary>Which volume of its series, from 1; 0 for images that were set aside.</summary>
    public required int Volume { get; init; }

    /// <summary>Images.</summary>
    public required int Images { get; init; }

    /// <summary>The sequence that it is or would have been; null if none.</summary>
    public required string? Sequence { get; init; }

    /// <summary>The rule that named it; null if none did.</summary>
    public required RuleInspection? Rule { get; init; }

    /// <summary>What became of it.</summary>
    public required SelectionOutcome Outcome { get; init; }

    /// <summary>Code of its refusal, or name of the rule that excluded it.</summary>
    public required string? Code { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Detail { get; init; }

    /// <summary>Whether contrast agent had been given.</summary>
    public required bool? IsPostContrast { get; init; }

    /// <summary>Whether fat is suppressed other than by Dixon.</summary>
    public required bool? IsFatSaturated { get; init; }

    /// <summary>Part of the region, from 0 to 1, that lies in it; null if that wasn't asked.</summary>
    public required double? RoiShare { get; init; }

    public static SelectionInspection Of(SeriesFinding finding, IngestRules rules) => new()
    {
        SeriesNumber = finding.SeriesNumber,
        Volume = finding.Stack,
        Images = finding.Images,
        Sequence = finding.Sequence,
        Rule = finding.Rule is { } rule ? RuleInspection.Of(rule, rules) : null,
        Outcome = finding.Outcome,
        Code = finding.Code,
        Detail = finding.Detail,
        IsPostContrast = finding.IsPostContrast,
        IsFatSaturated = finding.IsFatSaturated,
        RoiShare = finding.RoiShare,
    };
}
