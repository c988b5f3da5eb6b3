using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Tests;

/// <summary>Pages as text.</summary>
internal static class Rendered
{
    private static readonly DocumentPages s_pages = new(new PageRenderer());

    /// <summary>A card.</summary>
    public static string Card(ModelCard card) => s_pages.CardAsync(card).GetAwaiter().GetResult().ToString();

    /// <summary>A report in a language.</summary>
    public static async Task<string> ReportAsync(ReportSubject subject, string language = "en")
    {
        var pages = await s_pages.ReportAsync(subject);
        return pages.Single(page => PredictionReports.LanguageOf(page.Extension) == language).Content.ToString();
    }
}
