using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>
/// Makes the pages that are stored for people: reports of predictions and cards of models. Each is whole in itself, runs nothing and loads nothing, and the same subject gives the same bytes. The pipeline
/// stores them and knows nothing of how they are made.
/// </summary>
public interface IDocumentPages
{
    /// <summary>The report of a prediction, a page for each of <see cref="PredictionReports.Pages"/>.</summary>
    Task<IReadOnlyList<ReportFile>> ReportAsync(ReportSubject subject);

    /// <summary>The card of a model, UTF-8 text.</summary>
    Task<BinaryData> CardAsync(ModelCard card);
}
