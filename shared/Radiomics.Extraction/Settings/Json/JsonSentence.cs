using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Radiomics.Extraction;

/// <summary>What is wrong with JSON that somebody wrote, with line and column, in words that don't speak of the program that reads it.</summary>
public static partial class JsonSentence
{
    /// <summary>The mistake: where, then what, as the rest of a sentence: <c>line 3, column 7 ('$.texture'): It must be an object.</c></summary>
    /// <param name="fault">What reading <paramref name="json"/> threw.</param>
    /// <param name="json">The text, UTF-8.</param>
    public static string Of(JsonException fault, ReadOnlySpan<byte> json)
    {
        var offset = Offset(fault, json);
        var (line, column) = Place(json, offset);
        var path = fault.Path is { Length: > 0 } known && known != "$" ? $" ('{known}')" : "";
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}{path}: {What(fault, json, offset)}");
    }

    /// <summary>The same for text that is no longer at hand: the place in the structure stands for line and column.</summary>
    public static string Of(JsonException fault) =>
        fault.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1} ('{fault.Path ?? "$"}'): {What(fault, [], 0)}") : $"'{fault.Path ?? "$"}': {What(fault, [], 0)}";

    private static int Offset(JsonException fault, ReadOnlySpan<byte> json)
    {
        if (fault is SettingsException own)
        {
            return Math.Clamp(own.Offset, 0, json.Length);
        }

        if (fault.LineNumber is not { } line)
        {
            return 0;
        }

        var start = 0;
        for (long i = 0; i < line && json[start..].IndexOf((byte)'\n') is >= 0 and var length; i++)
        {
            start += length + 1;
        }

        return (int)Math.Clamp(start + (fault.BytePositionInLine ?? 0), 0, json.Length);
    }

    /// <summary>Line and column, both from 1; a column is a character.</summary>
    internal static (int Line, int Column) Place(ReadOnlySpan<byte> json, int offset)
    {
        var before = json[..offset];
        var start = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }

    private static string What(JsonException fault, ReadOnlySpan<byte> json, int offset)
    {
        if (fault is SettingsException)
        {
            return fault.Message;
        }

        if (Missing().Match(fault.Message) is { Success: true } missing)
        {
            return $"{missing.Groups[1].Value} must be given.";
        }

        if (Unknown().Match(fault.Message) is { Success: true } unknown)
        {
            return $"There is no option '{unknown.Groups[1].Value}'.";
        }

        if (Twice().Match(fault.Message) is { Success: true } twice)
        {
            return $"'{twice.Groups[1].Value}' is given twice.";
        }

        return fault.Message.Contains("could not be converted", StringComparison.Ordinal) ? "The value is none that this option can have." : Syntax(json, offset);
    }

    /// <summary>What is wrong with the text itself.</summary>
    private static string Syntax(ReadOnlySpan<byte> json, int offset)
    {
        var rest = json[offset..];
        var left = json[..offset].TrimEnd(" \t\r\n"u8);
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "There is nothing in it.";
        }

        if (rest.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "The text ends too early: a bracket, brace or quotation mark isn't closed, or a value is missing.";
        }

        var next = rest.TrimStart(" \t\r\n"u8)[0];
        return next switch
        {
            (byte)'}' or (byte)']' when left.EndsWith(","u8) => $"There is a comma before '{(char)next}' with nothing behind it.",
            (byte)'/' => "A comment can't stand in JSON.",
            (byte)'\'' => "Text stands in double quotation marks.",
            _ => $"What begins with '{First(rest.TrimStart(" \t\r\n"u8))}' can't stand here.",
        };
    }

    private static string First(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var rune, out _);
        return Rune.IsControl(rune) ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}") : rune.ToString();
    }

    [GeneratedRegex("missing required properties including: (.*?)\\.? *$", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '(.*)' could not be mapped", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    [GeneratedRegex("Duplicate property '(.*?)' encountered", RegexOptions.CultureInvariant)]
    private static partial Regex Twice();
}

/// <summary>A mistake in settings: what, at which option, and where in the text.</summary>
internal sealed class SettingsException(string message, string path, long offset) : JsonException(message, path, null, null)
{
    /// <summary>Where the value, or the option's name, begins: bytes from the beginning of what was read.</summary>
    public int Offset { get; } = (int)Math.Min(offset, int.MaxValue);

    /// <inheritdoc/>
    public override string Message { get; } = message;
}
