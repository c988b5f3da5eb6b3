namespace Radiomics.DicomWeb.Multipart;

/// <summary>
/// A <c>Content-Type</c> with its parameters (RFC 2045 section 5.1), read leniently: servers leave boundaries unquoted that hold <c>=</c>, <c>/</c> or
/// <c>:</c>, which strict parsers refuse.
/// </summary>
/// <param name="MediaType">Type and subtype in lower case.</param>
/// <param name="Boundary">The boundary of a multipart type; null if there is none.</param>
internal sealed record MultipartType(string MediaType, string? Boundary)
{
    private const int LongestBoundary = 70;

    public bool IsMultipart => MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Whether the boundary can be one (RFC 2046 section 5.1.1).</summary>
    public bool HasUsableBoundary => Boundary is { Length: > 0 and <= LongestBoundary } && Boundary[^1] != ' ' && Boundary.All(c => c is >= ' ' and < '\x7f');

    public static MultipartType Parse(string? contentType)
    {
        var parts = Split(contentType ?? "");
        var boundary = parts.Skip(1)
            .Select(part => part.Split('=', 2))
            .FirstOrDefault(pair => pair is [var name, _] && name.Trim().Equals("boundary", StringComparison.OrdinalIgnoreCase));
        return new(parts[0].Trim().ToLowerInvariant(), boundary is null ? null : Unquote(boundary[1].Trim()));
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == ';' && !quoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static string Unquote(string value)
    {
        if (value is not ['"', .. var inside, '"'])
            return value;
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < inside.Length; i++)
            text.Append(inside[i] == '\\' && i + 1 < inside.Length ? inside[++i] : inside[i]);
        return text.ToString();
    }
}
