namespace Radiomics.Dicom;

/// <summary>Text that the assembly carries.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of <paramref name="name"/>, a path below the project with points between its folders.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream($"Radiomics.Dicom.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The rows of a CSV without quotes, less its header.</summary>
    public static IEnumerable<string[]> Rows(string name) => Read(name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
}
