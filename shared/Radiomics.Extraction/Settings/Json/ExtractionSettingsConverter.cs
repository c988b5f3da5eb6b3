using System.Text.Json;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>Settings within other documents, in the same form as alone.</summary>
internal sealed class ExtractionSettingsConverter : JsonConverter<ExtractionSettings>
{
    public override ExtractionSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => SettingsJson.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, ExtractionSettings value, JsonSerializerOptions options) => SettingsJson.Write(writer, value);
}
