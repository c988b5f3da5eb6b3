namespace Radiomics.Dicom;

/// <summary>What a structured report says, without saying of whom.</summary>
public sealed record MeasurementReport
{
    /// <summary>Id of the prediction; the report's UIDs come from it, so that the same report made again is the same instance.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the algorithm.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Version of the algorithm.</summary>
    public required string AlgorithmVersion { get; init; }

    /// <summary>Version of the software that ran it.</summary>
    public required string SoftwareVersion { get; init; }

    /// <summary>What the algorithm was run with, e.g. <c>model version 0123456789abcdef</c>.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>What was measured, one group for each sequence.</summary>
    public required IReadOnlyList<LiverMeasurements> Measurements { get; init; }

    /// <summary>The sentence to show beside the answer.</summary>
    public required string Notice { get; init; }

    /// <summary>What else to know before believing it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>What was measured of the liver in one sequence.</summary>
public sealed record LiverMeasurements
{
    /// <summary>Name of the sequence; <see cref="SourceStudy.Series"/> has its images.</summary>
    public required string Sequence { get; init; }

    /// <summary>Volume of the region, millilitres.</summary>
    public required double VolumeMl { get; init; }

    /// <summary>Value by tag; null where undefined.</summary>
    public IReadOnlyList<(string Tag, double? Value)> Features { get; init; } = [];

    /// <summary>What was concluded; null where only features were wanted.</summary>
    public ReportedOutcome? Outcome { get; init; }
}

/// <summary>What a model concluded.</summary>
/// <param name="Name">What is predicted, in words.</param>
/// <param name="Probability">In [0,1].</param>
/// <param name="Threshold">Probability from which on the decision is positive.</param>
/// <param name="IsPositive">The decision.</param>
public sealed record ReportedOutcome(string Name, double Probability, double Threshold, bool IsPositive);
