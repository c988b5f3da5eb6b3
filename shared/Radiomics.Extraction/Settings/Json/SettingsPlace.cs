using System.Globalization;
using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>Where in the text of settings the option stands whose value can't be used.</summary>
internal static class SettingsPlace
{
    /// <summary><c>Line 3, column 7</c> of the option that a sentence names first, or of the filter that it is about; null if that isn't in the text.</summary>
    /// <param name="fault">What validation said.</param>
    /// <param name="settings">The settings that were read.</param>
    /// <param name="json">Their text, UTF-8.</param>
    public static string? Of(RadiomicsException fault, ExtractionSettings settings, ReadOnlySpan<byte> json)
    {
        if (fault.Code != "InvalidSettings" || (OfFilter(fault, settings, json) ?? OfNamed(fault.Detail, json)) is not { } offset)
        {
            return null;
        }

        var (line, column) = JsonSentence.Place(json, offset);
        return string.Create(CultureInfo.InvariantCulture, $"Line {line}, column {column}");
    }

    private static int? OfFilter(RadiomicsException fault, ExtractionSettings settings, ReadOnlySpan<byte> json)
    {
        for (var i = 0; i < settings.Filters.Count; i++)
        {
            try
            {
                settings.Filters[i]?.Validate();
            }
            catch (RadiomicsException own) when (own.Detail == fault.Detail)
            {
                return Find(json, string.Create(CultureInfo.InvariantCulture, $"filters[{i}]"));
            }
            catch (RadiomicsException)
            {
                // Another one's.
            }
        }

        return null;
    }

    private static int? OfNamed(string detail, ReadOnlySpan<byte> json)
    {
        var names = detail.Split('\'');
        for (var i = 1; i < names.Length; i += 2)
        {
            if (Find(json, names[i]) is { } offset)
            {
                return offset;
            }
        }

        return null;
    }

    /// <summary>Where the option begins, or the last of those around it that is in the text; null if none is.</summary>
    private static int? Find(ReadOnlySpan<byte> json, string path)
    {
        int? found = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (!(step.StartsWith('[') ? ToElement(ref reader, step) : ToProperty(ref reader, step)))
            {
                return found;
            }

            found = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                reader.Read();
            }
        }

        return found;
    }

    private static bool ToProperty(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // In any case, as settings are read.
            if (string.Equals(reader.GetString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool ToElement(ref Utf8JsonReader reader, string step)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !int.TryParse(step.Trim('[', ']'), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
