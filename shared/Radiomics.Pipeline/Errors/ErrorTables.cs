using System.Text;

namespace Radiomics.Pipeline;

/// <summary>The catalogue as Markdown tables.</summary>
public static class ErrorTables
{
    /// <summary>The table of an area: neighbouring codes with the same advice share a line. Ends with a line feed.</summary>
    public static string Of(ErrorArea area)
    {
        var table = new StringBuilder("| code | what to do |\n|---|---|\n");
        var codes = new List<string>();
        string? advice = null;
        foreach (var entry in ErrorCatalogue.All.Where(entry => entry.Area == area))
        {
            if (entry.Advice != advice)
            {
                Flush();
                advice = entry.Advice;
            }

            codes.Add($"`{entry.Code}`");
        }

        Flush();
        return table.ToString();

        void Flush()
        {
            if (codes.Count > 0)
            {
                table.Append($"| {string.Join(", ", codes)} | {advice} |\n");
                codes.Clear();
            }
        }
    }
}
