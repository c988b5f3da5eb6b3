using Radiomics.Pages;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>What makes pages in this process.</summary>
internal static class ToolPages
{
    private static readonly Lazy<DocumentPages> s_pages = new(() => new DocumentPages(new PageRenderer()));

    /// <summary>Makes reports and cards.</summary>
    public static IDocumentPages Instance => s_pages.Value;
}
