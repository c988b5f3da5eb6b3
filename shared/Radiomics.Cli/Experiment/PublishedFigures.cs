namespace Radiomics.Cli.Experiment;

/// <summary>The figures of Xu et al., Front. Med. 2025, 10.3389/fmed.2025.1640625, as published (real patients).</summary>
internal sealed record PublishedFigures(string Sequence, PublishedPart Train, PublishedPart Test)
{
    /// <summary>Where they stand.</summary>
    public const string Source = "Xu et al., Front. Med. 2025, doi 10.3389/fmed.2025.1640625";

    /// <summary>The paper's row for a center and field strength; null if it has none.</summary>
    public static PublishedFigures? For(string center, string fieldStrength) => (center, fieldStrength) switch
    {
        ("A", "3.0T") => new("T1_F", new(0.942, 0.91, 0.941, 0.9), new(0.845, 0.767, 1, 0.696)),
        ("A", "1.5T") => new("T1_F", new(0.917, 0.8, 1, 0.772), new(0.896, 0.714, 1, 0.667)),
        ("B", "3.0T") => new("T1_W", new(0.855, 0.79, 0.779, 0.8), new(0.81, 0.778, 0.73, 0.73)),
        ("B", "1.5T") => new("T1_opp", new(0.94, 0.933, 0.9, 0.938), new(0.743, 0.727, 0.727, 0.714)),
        _ => null,
    };
}

/// <summary>Results on one part of the paper's cohort.</summary>
internal sealed record PublishedPart(double Auc, double Accuracy, double Sensitivity, double Specificity);
