using System.Text.Json;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>A voxel spacing, mm along x, y, z; 0 keeps the image's own along that axis. In JSON one number for all three, or three.</summary>
[JsonConverter(typeof(SpacingConverter))]
public readonly record struct Spacing(double X, double Y, double Z)
{
    /// <summary>The same along every axis.</summary>
    public static implicit operator Spacing(double millimetres) => new(millimetres, millimetres, millimetres);

    internal static bool TryRead(ref Utf8JsonReader json, out Spacing spacing)
    {
        spacing = default;
        if (json.TokenType == JsonTokenType.Number)
        {
            spacing = json.GetDouble();
            return true;
        }

        Span<double> values = stackalloc double[3];
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        foreach (ref var value in values)
        {
            if (!json.Read() || json.TokenType != JsonTokenType.Number)
            {
                return false;
            }

            value = json.GetDouble();
        }

        spacing = new(values[0], values[1], values[2]);
        return json.Read() && json.TokenType == JsonTokenType.EndArray;
    }

    internal void Write(Utf8JsonWriter json)
    {
        if (X == Y && Y == Z)
        {
            json.WriteNumberValue(X);
            return;
        }

        json.WriteStartArray();
        json.WriteNumberValue(X);
        json.WriteNumberValue(Y);
        json.WriteNumberValue(Z);
        json.WriteEndArray();
    }
}

/// <summary>Reads and writes <see cref="Spacing"/> in its shortest form, so that a hash doesn't depend on how it was written.</summary>
public sealed class SpacingConverter : JsonConverter<Spacing>
{
    /// <inheritdoc/>
    public override Spacing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Spacing.TryRead(ref reader, out var spacing) ? spacing : throw new JsonException("A spacing is a number or three numbers.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Spacing value, JsonSerializerOptions options) => value.Write(writer);
}
