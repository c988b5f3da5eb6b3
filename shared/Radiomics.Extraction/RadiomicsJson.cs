using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>The one JSON dialect of the product: camelCase properties, enums by name, dictionary keys as they are, no NaN.</summary>
public static class RadiomicsJson
{
    /// <summary>Compact form: blobs, HTTP bodies, hashes.</summary>
    public static JsonSerializerOptions Options => Compact.Options;

    /// <summary>The same, indented, for files that people read.</summary>
    public static JsonSerializerOptions Indented => IndentedForm.Options;

    /// <summary>The same dialect for what is written token by token.</summary>
    public static JsonWriterOptions WriterOptions(bool indented) => new()
    {
        Indented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            NewLine = "\n",
            NumberHandling = JsonNumberHandling.Strict,
            AllowDuplicateProperties = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new ExtractionSettingsConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // Each is made when first asked for: a program that only writes token by token doesn't pay for it.
    private static class Compact
    {
        public static readonly JsonSerializerOptions Options = Create(indented: false);
    }

    private static class IndentedForm
    {
        public static readonly JsonSerializerOptions Options = Create(indented: true);
    }
}
