using FellowOakDicom;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>A prediction in the forms that others read: pages, a structured report and a FHIR bundle. The same prediction gives the same bytes.</summary>
public static class PredictionReports
{
    /// <summary>A page for people, in English.</summary>
    public const string Html = ".html";

    /// <summary>The same in Chinese.</summary>
    public const string ChineseHtml = ".zh.html";

    /// <summary>A DICOM structured report.</summary>
    public const string Sr = ".sr.dcm";

    /// <summary>A FHIR R4 bundle.</summary>
    public const string Fhir = ".fhir.json";

    /// <summary>The record itself, beside which the others lie.</summary>
    public const string Json = ".json";

    /// <summary>The pages by their language (<c>en</c>, <c>zh</c>), the one that is taken where nobody asks for another first.</summary>
    public static IReadOnlyList<(string Language, string Extension)> Pages { get; } = [("en", Html), ("zh", ChineseHtml)];

    /// <summary>The language of a page; null of a form that is none.</summary>
    public static string? LanguageOf(string extension) => Pages.FirstOrDefault(page => page.Extension == extension).Language;

    /// <summary>What a form is sent as.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public static string ContentTypeOf(string extension) => extension switch
    {
        Html or ChineseHtml => "text/html; charset=utf-8",
        Json => "application/json; charset=utf-8",
        Fhir => "application/fhir+json",
        Sr => "application/dicom",
        _ => throw new ArgumentOutOfRangeException(nameof(extension), extension, null),
    };

    /// <summary>Those for machines, pseudonymised; pages are <see cref="ReportPages"/>'.</summary>
    public static IReadOnlyList<ReportFile> Of(Prediction prediction, StudyManifest manifest) =>
    [
        new(Sr, ContentTypeOf(Sr), Bytes(StructuredReport(prediction, SourceStudy.Of(manifest)))),
        new(Fhir, ContentTypeOf(Fhir), FhirReport.Render(prediction, manifest)),
    ];

    /// <summary>
    /// The prediction as a structured report of <paramref name="source"/>: <see cref="SourceStudy.Of"/> for everybody, what
    /// <see cref="SourceStudyReader"/> gives only for the DICOM service that the study came from.
    /// </summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="source">The study, pseudonymised or as it came.</param>
    /// <param name="content">ContentDate and ContentTime; the study's date if null. Give the same one again when a report is made again.</param>
    public static DicomFile StructuredReport(Prediction prediction, SourceStudy source, DateTime? content = null) =>
        Dicom.StructuredReport.Create(Describe(prediction), source, content);

    /// <summary>The bytes of a DICOM file.</summary>
    public static BinaryData Bytes(DicomFile file)
    {
        using var stream = new MemoryStream();
        file.Save(stream);
        return new BinaryData(stream.ToArray());
    }

    /// <summary>What made the prediction: the model; of a center without models, the extraction.</summary>
    internal static (string Name, string Version) Algorithm(Prediction prediction) =>
        prediction.Model is { } model ? (model.Name, model.Version) : ("Feature extraction", prediction.EngineVersion);

    /// <summary>The sequence that the model read; of a center without models, all.</summary>
    public static IEnumerable<PredictionSequence> Measured(Prediction prediction) =>
        prediction.Model is { } model ? prediction.Sequences.Where(sequence => sequence.Name == model.Sequence) : prediction.Sequences;

    private static MeasurementReport Describe(Prediction prediction) => new()
    {
        Id = prediction.Id,
        Algorithm = Algorithm(prediction).Name,
        AlgorithmVersion = Algorithm(prediction).Version,
        SoftwareVersion = prediction.EngineVersion,
        Parameters = [.. Parameters(prediction)],
        Measurements = [.. Measured(prediction).Select(sequence => Describe(prediction, sequence))],
        Notice = prediction.Notice,
        Warnings = prediction.Warnings,
    };

    private static LiverMeasurements Describe(Prediction prediction, PredictionSequence sequence) => new()
    {
        Sequence = sequence.Name,
        VolumeMl = sequence.RoiVolumeMl,
        Features = [.. (prediction.Explanation?.Contributions ?? []).Select(feature => (feature.Feature, feature.Value))],
        Outcome = prediction is { Model: { } model, Probability: { } probability, Threshold: { } threshold }
            ? new ReportedOutcome(model.Outcome, probability, threshold, prediction.Decision == PredictionDecision.Positive)
            : null,
    };

    private static IEnumerable<string> Parameters(Prediction prediction)
    {
        if (prediction.Model is { } model)
        {
            yield return $"model version {model.Version}";
            yield return $"model package SHA-256 {model.PackageSha256}";
            yield return $"sequence {model.Sequence}";
        }

        yield return $"extraction settings {prediction.Settings} SHA-256 {prediction.SettingsHash}";
        yield return $"engine {prediction.EngineVersion}, ingest {prediction.IngestVersion}";
    }
}
