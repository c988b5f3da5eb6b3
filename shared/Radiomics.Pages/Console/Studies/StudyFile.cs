namespace Radiomics.Pages.Console.Studies;

/// <summary>The files that a study's page offers: last part of the address, name, and a word more.</summary>
/// <param name="File">Last part of the address.</param>
/// <param name="Name">For people.</param>
/// <param name="Note">What it is.</param>
public sealed record StudyFile(string File, string Name, string Note)
{
    /// <summary>The record.</summary>
    public const string Record = "record.json";

    /// <summary>The structured report.</summary>
    public const string Sr = "report.dcm";

    /// <summary>The FHIR bundle.</summary>
    public const string Fhir = "report.fhir.json";

    /// <summary>The features as they are stored, by sequence.</summary>
    public const string FeaturesJson = "features.json";

    /// <summary>The features as a table.</summary>
    public const string FeaturesCsv = "features.csv";

    /// <summary>The record and what was made of it.</summary>
    public static IReadOnlyList<StudyFile> Reports { get; } =
    [
        new(Record, "Record", "JSON: the answer and everything needed to compute it again"),
        new(Sr, "Structured report", "DICOM SR (TID 1500)"),
        new(Fhir, "FHIR bundle", "JSON, FHIR R4"),
    ];

    /// <summary>The features.</summary>
    public static IReadOnlyList<StudyFile> Features { get; } =
    [
        new(FeaturesCsv, "Features, table", "CSV: sequence, feature, value"),
        new(FeaturesJson, "Features, with settings", "JSON"),
    ];
}
