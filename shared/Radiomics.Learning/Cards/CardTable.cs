namespace Radiomics.Learning;

/// <summary>Tables of a card.</summary>
internal static class CardTable
{
    /// <summary>A table that scrolls by itself where it is too wide; the first cell of each row is its header.</summary>
    public static Markup Of(string caption, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<Markup>> rows) => Markup.Of($"""
        <div class="wide" role="region" tabindex="0" aria-label="{caption}">
        <table>
        <caption>{caption}</caption>
        <thead><tr>{head.Select(cell => Markup.Of($"<th scope=\"col\">{cell}</th>"))}</tr></thead>
        <tbody>
        {rows.Select(Row)}</tbody>
        </table>
        </div>
        """);

    /// <summary>Plain text as a cell.</summary>
    public static Markup Cell(string? text) => Markup.Of($"{text}");

    /// <summary>Text with a remark below it.</summary>
    public static Markup Cell(string text, string remark) => Markup.Of($"{text}<small>{remark}</small>");

    /// <summary>Names with values.</summary>
    public static Markup List(IEnumerable<(string Name, string? Value)> entries) => Markup.Of($"""
        <dl>
        {entries.Select(entry => Markup.Of($"<div><dt>{entry.Name}</dt><dd>{entry.Value ?? CardNumber.Undefined}</dd></div>\n"))}</dl>
        """);

    private static Markup Row(IReadOnlyList<Markup> cells) =>
        Markup.Of($"<tr><th scope=\"row\">{cells[0]}</th>{cells.Skip(1).Select(cell => Markup.Of($"<td>{cell}</td>"))}</tr>\n");
}
