using System.Text;
using CsvHelper;

namespace Radiomics.Cli.Output;

/// <summary>CSV as this tool writes it: commas, a line feed at the end of each line, UTF-8 without a byte order mark.</summary>
internal static class CsvText
{
    /// <summary>What <paramref name="write"/> writes.</summary>
    public static ReadOnlyMemory<byte> Of(Action<CsvWriter> write)
    {
        using var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            write(csv);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
