using System.Text.Json;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>A voxel spacing, mm along x, y, z; 0 keeps the image's own along that axis. In JSON one number for all three, or three.</summary>
[JsonConverter(typeof(SpacingConverter))]
public readonly record struct Spacing(double X, double Y, double Z)
{
    /// <summary>The same along every axis.</summary>
    public static implicit operator Spacing(double millimetres) => new(millimetres, millimetres, millimetres);
}

/// <summary>Reads and writes <see cref="Spacing"/> in its shortest form, so that a hash doesn't depend on how it was written.</summary>
public sealed class SpacingConverter : JsonConverter<Spacing>
{
    /// <inheritdoc/>
    public override Spacing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDouble();
        }

        Span<double> values = stackalloc double[3];
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A spacing is a number or three numbers.");
        }

        foreach (ref var value in values)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.Number)
            {
                throw new JsonException("A spacing is a number or three numbers.");
            }

            value = reader.GetDouble();
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndArray
            ? new(values[0], values[1], values[2])
            : throw new JsonException("A spacing is a number or three numbers.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Spacing value, JsonSerializerOptions options)
    {
        if (value.X == value.Y && value.Y == value.Z)
        {
            writer.WriteNumberValue(value.X);
            return;
        }

        writer.WriteStartArray();
        writer.WriteNumberValue(value.X);
        writer.WriteNumberValue(value.Y);
        writer.WriteNumberValue(value.Z);
        writer.WriteEndArray();
    }
}
