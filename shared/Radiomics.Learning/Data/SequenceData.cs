namespace Radiomics.Learning;

/// <summary>What there is to learn from for one sequence of one center and field strength.</summary>
public sealed record SequenceData
{
    /// <summary>Sequence, e.g. <c>T1_F</c>.</summary>
    public required string Sequence { get; init; }

    /// <summary>The cases, in ordinal order of their study UIDs; those without features of this sequence aren't among them.</summary>
    public required IReadOnlyList<LearningCase> Cases { get; init; }

    /// <summary>Radiomic features, a row a case.</summary>
    public required FeatureMatrix Radiomics { get; init; }

    /// <summary>Clinical covariates, a row a case; categories as one column a level but the first. No column where the cohort declares none.</summary>
    public required FeatureMatrix Covariates { get; init; }

    /// <summary>Lower 95 % bound of ICC(1,1) by radiomic feature; null: not measured, nothing is cut off.</summary>
    public IReadOnlyDictionary<string, double>? Stability { get; init; }

    /// <summary>Name of the extraction settings.</summary>
    public required string Settings { get; init; }

    /// <summary>Hash of the extraction settings.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Engine that made the features.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The cases of one split with their rows.</summary>
    public SequenceData Only(CohortSplit split) => Rows([.. Enumerable.Range(0, Cases.Count).Where(i => Cases[i].Split == split)]);

    /// <summary>The cases in ordinal order of their studies, so that the order in which they came plays no part.</summary>
    public SequenceData InOrder() => Rows([.. Enumerable.Range(0, Cases.Count).OrderBy(i => Cases[i].StudyUid, StringComparer.Ordinal)]);

    /// <summary>Some of the cases, in the order given.</summary>
    public SequenceData Rows(IReadOnlyList<int> rows) =>
        this with { Cases = [.. rows.Select(i => Cases[i])], Radiomics = Radiomics.Rows(rows), Covariates = Covariates.Rows(rows) };

    /// <summary>Values of a feature as selection counts them: radiomic features first, then covariates.</summary>
    public double[] Column(int feature) =>
        feature < Radiomics.Columns.Count ? Radiomics.Columns[feature] : Covariates.Columns[feature - Radiomics.Columns.Count];
}
