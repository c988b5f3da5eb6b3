namespace Radiomics.Pages;

/// <summary>The styles of stored pages, which stand in the pages themselves.</summary>
internal static class DocumentStyle
{
    /// <summary>Of cards.</summary>
    public static string Card { get; } = Read("card.css");

    /// <summary>Of reports.</summary>
    public static string Report { get; } = Read("report.css");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(DocumentStyle).Assembly.GetManifestResourceStream($"documents/{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
