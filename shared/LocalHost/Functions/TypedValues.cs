using Google.Protobuf;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace LocalHost.Functions;

/// <summary>Values on their way to the worker and back.</summary>
internal static class TypedValues
{
    private static readonly JsonSerializerSettings s_asTheyAre = new() { DateParseHandling = DateParseHandling.None };

    /// <summary>A value as the worker takes it.</summary>
    public static TypedData ToWorker(object? value) => value switch
    {
        null => new TypedData(),
        string text => new TypedData { String = text },
        byte[] bytes => new TypedData { Bytes = ByteString.CopyFrom(bytes) },
        ParameterBindingData reference => new TypedData
        {
            ModelBindingData = new() { Version = reference.Version, Source = reference.Source, ContentType = reference.ContentType, Content = ByteString.CopyFrom(reference.Content.ToMemory().Span) },
        },
        long or int => new TypedData { Int = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) },
        JToken json => new TypedData { Json = json.ToString(Formatting.None) },
        _ => new TypedData { Json = JsonConvert.SerializeObject(value) },
    };

    /// <summary>What a function returned. Each arm is an object: a common type would turn texts into JSON values, which the Durable extension doesn't take.</summary>
    public static object? FromWorker(TypedData? value) => value?.DataCase switch
    {
        TypedData.DataOneofCase.String => (object)value.String,
        TypedData.DataOneofCase.Json => Parse(value.Json),
        TypedData.DataOneofCase.Bytes => value.Bytes.ToByteArray(),
        TypedData.DataOneofCase.Int => value.Int,
        TypedData.DataOneofCase.Double => value.Double,
        _ => null,
    };

    // Texts that look like dates stay as they are written.
    private static object? Parse(string json) => JsonConvert.DeserializeObject<JToken>(json, s_asTheyAre);
}
