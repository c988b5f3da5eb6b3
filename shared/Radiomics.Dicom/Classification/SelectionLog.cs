using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Collects what becomes of an upload's images while it is read, so that there is something to tell even where it is refused.</summary>
internal sealed class SelectionLog
{
    private readonly Dictionary<SliceStack, SeriesFinding> _stacks = new(ReferenceEqualityComparer.Instance);
    private readonly List<SeriesFinding> _setAside = [];

    public double? MagneticFieldStrength { get; set; }

    public string? FieldStrength { get; set; }

    public string? RequiredSequence { get; set; }

    /// <summary>Images that no stack was made of.</summary>
    public void SetAside(IEnumerable<LeftOutImage> images) => _setAside.AddRange(images
        .GroupBy(image => (image.Instance.SeriesUid, image.Outcome))
        .Select(group => new SeriesFinding
        {
            SeriesNumber = group.First().Instance.SeriesNumber,
            Stack = 0,
            Images = group.Count(),
            Outcome = group.Key.Outcome,
            Detail = LeftOutImage.Reason(group.Key.Outcome),
        }));

    /// <summary>What became of a candidate in the selection.</summary>
    public void Add(SequenceCandidate candidate, string? sequence, SelectionOutcome outcome, string detail, string? code = null) =>
        _stacks[candidate.Stack] = new SeriesFinding
        {
            SeriesNumber = candidate.Stack.Series.SeriesNumber,
            Stack = candidate.Number,
            Images = candidate.Stack.Slices.Count,
            Sequence = sequence,
            Rule = candidate.Rule,
            Outcome = outcome,
            Code = code ?? candidate.Fault?.Code,
            Detail = detail,
            IsPostContrast = candidate.IsPostContrast,
            IsFatSaturated = candidate.IsFatSaturated,
            RoiShare = candidate.RoiShare,
        };

    /// <summary>A sequence that was taken and then couldn't be used.</summary>
    public void Refuse(SliceStack stack, RadiomicsException reason)
    {
        if (_stacks.TryGetValue(stack, out var finding))
        {
            _stacks[stack] = finding with { Outcome = SelectionOutcome.Refused, Code = reason.Code, Detail = reason.Detail };
        }
    }

    /// <summary>A sequence that was taken in place of one that couldn't be used.</summary>
    public void TakeInstead(SliceStack stack, string detail)
    {
        if (_stacks.TryGetValue(stack, out var finding))
        {
            _stacks[stack] = finding with { Outcome = SelectionOutcome.Taken, Code = null, Detail = detail };
        }
    }

    public SelectionReport Report(IEnumerable<string> warnings, RadiomicsException? refusal = null) => new()
    {
        Series = [.. _stacks.Values.Concat(_setAside)
            .OrderBy(finding => finding.SeriesNumber ?? int.MaxValue)
            .ThenBy(finding => finding.Stack)
            .ThenBy(finding => finding.Outcome)],
        FieldStrength = FieldStrength,
        MagneticFieldStrength = MagneticFieldStrength,
        RequiredSequence = RequiredSequence,
        RefusalCode = refusal?.Code,
        Warnings = [.. warnings],
    };
}
