using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>Values as settings write them: null where there is none, enums by name.</summary>
internal static class SettingsWriting
{
    public static void WriteEnum<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum => json.WriteString(name, EnumNames<T>.Of(value));

    public static void WriteEnums<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> values)
        where T : struct, Enum
    {
        json.WriteStartArray(name);
        for (var i = 0; i < values.Count; i++)
        {
            json.WriteStringValue(EnumNames<T>.Of(values[i]));
        }

        json.WriteEndArray();
    }

    public static void WriteNumber(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    public static void WriteInteger(this Utf8JsonWriter json, string name, int? value) => json.WriteNumber(name, (double?)value);

    public static void WriteSpacing(this Utf8JsonWriter json, string name, Spacing? value)
    {
        json.WritePropertyName(name);
        if (value is { } spacing)
        {
            spacing.Write(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>An option that is absent where it isn't set.</summary>
    public static void WriteEnumIfSet<T>(this Utf8JsonWriter json, string name, T? value)
        where T : struct, Enum
    {
        if (value is { } known)
        {
            json.WriteString(name, EnumNames<T>.Of(known));
        }
    }

    /// <summary>The same.</summary>
    public static void WriteNumberIfSet(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>The same.</summary>
    public static void WriteTextIfSet(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
