using System.Text;
using Radiomics.Learning;
using Radiomics.Pages.Card;
using Radiomics.Pages.Report;
using Radiomics.Pipeline;

namespace Radiomics.Pages;

/// <summary>The pages that are stored: each a component rendered once, with its own style in it.</summary>
/// <param name="renderer">Renders them.</param>
public sealed class DocumentPages(PageRenderer renderer) : IDocumentPages
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportFile>> ReportAsync(ReportSubject subject)
    {
        // Planes are drawn once for all languages.
        var planes = subject.Images is { } images ? PlaneDrawing.Of(images) : [];
        List<ReportFile> pages = [];
        foreach (var (language, extension) in PredictionReports.Pages)
        {
            var text = await renderer.RenderAsync<ReportPage>(
                new Dictionary<string, object?> { [nameof(ReportPage.Subject)] = subject, [nameof(ReportPage.Planes)] = planes, [nameof(ReportPage.Language)] = language }, language);
            pages.Add(new ReportFile(extension, PredictionReports.ContentTypeOf(extension), Bytes(text)));
        }

        return pages;
    }

    /// <inheritdoc/>
    public async Task<BinaryData> CardAsync(ModelCard card) =>
        Bytes(await renderer.RenderAsync<CardPage>(new Dictionary<string, object?> { [nameof(CardPage.Card)] = card }));

    private static BinaryData Bytes(string text) => new(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n") + "\n"));
}
