using System.Buffers;
using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction.Tests;

/// <summary>The settings' own reader and writer against the serializer that knows the records by reflection.</summary>
public class SettingsJsonTests
{
    private static readonly JsonSerializerOptions Reflection = WithoutConverter();

    public static TheoryData<string> Options => [.. Leaves(typeof(ExtractionSettings), "")];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_is_read_and_written_as_the_records_say(string option)
    {
        var changed = Changed(option);
        var text = changed.ToJsonString(RadiomicsJson.Options);
        var settings = changed.Deserialize<ExtractionSettings>(Reflection)!;
        Assert.NotEqual(Text(Changed(null).Deserialize<ExtractionSettings>(Reflection)!), text);
        Assert.Equal(text, Text(settings));
        Assert.Equal(text, Text(SettingsJson.Read(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(text, JsonSerializer.Serialize(settings, RadiomicsJson.Options));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<ExtractionSettings>(text, RadiomicsJson.Options), Reflection));
    }

    [Fact]
    public void Every_name_of_every_enum_is_read_and_written_as_the_serializer_does()
    {
        Compare<Conventions>();
        Compare<NormalisationMethod>();
        Compare<InterpolationMethod>();
        Compare<GridAlignment>();
        Compare<IntensityRounding>();
        Compare<DiscretisationMethod>();
        Compare<BinOrigin>();
        Compare<ReSegmentationUnit>();
        Compare<SliceAxis>();
        Compare<Aggregation>();
        Compare<DistanceWeighting>();
        Compare<FilterType>();
        Compare<FilterDimension>();
        Compare<FilterBoundary>();
        Compare<RotationInvariance>();
        Compare<GaborResponse>();
        Compare<FeatureFamily>();
        Compare<HoleFilling>();

        static void Compare<T>()
            where T : struct, Enum
        {
            foreach (var value in Enum.GetValues<T>())
            {
                Assert.Equal(JsonSerializer.Serialize(value, Reflection), $"\"{EnumNames<T>.Of(value)}\"");
                Assert.Equal(value, EnumNames<T>.Parse(EnumNames<T>.Of(value).ToUpperInvariant()));
            }

            Assert.Null(EnumNames<T>.Parse("0"));
        }
    }

    [Fact]
    public void A_schema_is_for_editors_and_no_part_of_the_hash()
    {
        var plain = ExtractionSettingsFile.Load("""{"name":"x"}"""u8);
        var withSchema = ExtractionSettingsFile.Load("""{"$schema":"extraction-settings.schema.json","name":"x"}"""u8);
        Assert.Equal(plain.ComputeHash(), withSchema.ComputeHash());
    }

    [Theory]
    [InlineData("""{"name":"x","texture":{"dependenceDistance":1.5}}""", "$.texture.dependenceDistance")]
    [InlineData("""{"name":"x","filters":[{"type":"log","sigma":1},{"type":"blur"}]}""", "$.filters[1].type")]
    [InlineData("""{"name":"x","filters":[{"sigma":1}]}""", "$.filters[0]")]
    [InlineData("""{"name":"x","texture":{"$schema":"x"}}""", "$.texture.$schema")]
    public void A_mistake_is_named_by_its_place(string json, string place)
    {
        var error = Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load(Encoding.UTF8.GetBytes(json)));
        Assert.Equal("InvalidSettings", error.Code);
        Assert.Contains($"'{place}'", error.Detail);
    }

    [Theory]
    [InlineData("{\n  \"name\": \"x\",\n}", "line 3, column 1: There is a comma before '}'")]
    [InlineData("{\"name\":\"ö\",\n \"familis\": []}", "line 2, column 13 ('$.familis'): There is no such option")]
    [InlineData("{\"name\":\"ö\", \"rounding\": 1}", "line 1, column 26 ('$.rounding'): It must be a name")]
    [InlineData("{\"name\":\"x\"", "line 1, column 12: The text ends too early")]
    [InlineData("{\"name\": x}", "line 1, column 10: What begins with 'x' can't stand here")]
    [InlineData("{\"name\": 'x'}", "line 1, column 10: Text stands in double quotation marks")]
    [InlineData("{\n// why\n\"name\": \"x\"}", "line 2, column 1: A comment can't stand in JSON")]
    [InlineData("{\"name\":\"x\"} y", "line 1, column 14: What begins with 'y' can't stand here")]
    [InlineData("", "line 1, column 1: There is nothing in it")]
    [InlineData("\n[]", "line 2, column 1: It must be an object")]
    public void A_mistake_is_told_by_line_and_column_in_words_of_ones_own(string json, string says)
    {
        var error = Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(says, error.Detail);
        Assert.DoesNotMatch("System\\.|reader|Json[A-Z]|isFinalBlock|Byte", error.Detail);
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\n \"resampling\": {\"method\": \"linear\", \"spacing\": -1}}", "Line 2, column 37: 'resampling.spacing' must be")]
    [InlineData("{\"Name\":\"x\",\n \"Resampling\": {\"Method\": \"linear\", \"SPACING\": -1}}", "Line 2, column 37: 'resampling.spacing' must be")]
    [InlineData("{\"name\":\"x\",\n \"resampling\": {\"method\": \"linear\"}}", "Line 2, column 2: 'resampling.spacing' must be")]
    [InlineData("{\"name\":\"x\", \"filters\": [{\"type\": \"log\", \"sigma\": 1},\n  {\"type\": \"log\"}]}", "Line 2, column 3: A filter's 'sigma'")]
    [InlineData("{\"name\":\"x\", \"filters\": [{\"type\":\"square\"},\n\n {\"type\":\"wavelet\",\"wavelet\":\"db99\"}]}", "Line 3, column 2: There is no wavelet 'db99'")]
    [InlineData("{\"name\":\"x\",\n\"features\": [\"stat_men\"]}", "Line 2, column 1: 'features' has 'stat_men'")]
    [InlineData("{\"name\":\"x\",\n\"discretisations\": [{\"method\":\"fixedBinNumber\",\"bins\":8},\n {\"method\":\"fixedBinNumber\"}]}", "Line 3, column 2: 'discretisations[1].bins'")]
    [InlineData("{\"name\":\"\"}", "Line 1, column 2: 'name' must not be empty")]
    [InlineData("{\"name\":\"x\",\"measureOriginal\":false}", "Without the original image there must be a filter.")]
    public void A_value_that_can_not_be_used_is_told_by_line_and_column(string json, string says) =>
        Assert.StartsWith(says, Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load(Encoding.UTF8.GetBytes(json))).Detail);

    [Fact]
    public void Text_behind_the_settings_is_refused() =>
        Assert.Equal("InvalidSettings", Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load("""{"name":"x"}{}"""u8)).Code);

    [Fact]
    public void A_byte_order_mark_is_let_pass() =>
        Assert.Equal("x", ExtractionSettingsFile.Load([0xEF, 0xBB, 0xBF, .. """{"name":"x"}"""u8]).Name);

    private static string Text(ExtractionSettings settings)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, RadiomicsJson.WriterOptions(indented: false)))
        {
            SettingsJson.Write(json, settings);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static JsonSerializerOptions WithoutConverter()
    {
        var options = new JsonSerializerOptions(RadiomicsJson.Options);
        options.Converters.RemoveAt(0);
        return options;
    }

    /// <summary>Paths of all options, as deep as records go.</summary>
    private static IEnumerable<string> Leaves(Type record, string prefix) => record.GetProperties()
        .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always })
        .SelectMany(p => IsRecord(p.PropertyType) ? Leaves(p.PropertyType, $"{prefix}{p.Name}.") : [prefix + p.Name]);

    private static bool IsRecord(Type type) => type.IsClass && type != typeof(string) && type.Namespace == typeof(ExtractionSettings).Namespace;

    /// <summary>The defaults with a filter, as the serializer writes them, and one option changed to something else.</summary>
    private static JsonObject Changed(string? path)
    {
        var settings = new ExtractionSettings { Name = "x", PyRadiomics = new() { Voxels = new() }, Roi = new(), Filters = [new() { Type = FilterType.Log, Sigma = 1 }] };
        var root = JsonSerializer.SerializeToNode(settings, Reflection)!.AsObject();
        var (node, owner) = (root, (object)settings);
        PropertyInfo? property = null;
        foreach (var name in path?.Split('.') ?? [])
        {
            if (property is not null)
            {
                (node, owner) = (node[JsonNamingPolicy.CamelCase.ConvertName(property.Name)]!.AsObject(), property.GetValue(owner)!);
            }

            property = owner.GetType().GetProperty(name);
        }

        if (property is not null)
        {
            node[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] =
                JsonSerializer.SerializeToNode(Other(property.PropertyType, property.GetValue(owner)), Reflection);
            InDeclaredOrder(node, owner.GetType());
        }

        return root;
    }

    /// <summary>An option that is written only where it is chosen came in last.</summary>
    private static void InDeclaredOrder(JsonObject node, Type record)
    {
        foreach (var property in record.GetProperties())
        {
            if (node.Remove(JsonNamingPolicy.CamelCase.ConvertName(property.Name), out var value))
            {
                node.Add(JsonNamingPolicy.CamelCase.ConvertName(property.Name), value);
            }
        }
    }

    private static object Other(Type type, object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            string => "ö\"/<name>",
            bool flag => !flag,
            int number => number + 1,
            double number => number + 0.1,
            IReadOnlyList<FilterSettings> => new FilterSettings[]
            {
                new() { Type = FilterType.Wavelet, Wavelet = "db2" },
                new() { Type = FilterType.Log, Sigma = 2, SigmaName = "2", Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 } },
            },
            IReadOnlyDictionary<string, IReadOnlyList<string>> => new SortedDictionary<string, IReadOnlyList<string>> { ["glcm"] = ["Contrast", "Idn"], ["ngtdm"] = [] },
            IList list => Array.CreateInstance(list[0]!.GetType(), 2),
            Enum name => Enum.ToObject(type, 1 - (int)(object)name % 2),
            null when type == typeof(IReadOnlyList<DiscretisationSettings>) => new DiscretisationSettings[]
            {
                new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 },
                new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 2.5, Origin = BinOrigin.Minimum },
            },
            null when type == typeof(int) => 32,
            null when type == typeof(double) => 2.5,
            null when type == typeof(IReadOnlyList<string>) => new[] { "stat_mean", "cm_mcc" },
            null when type == typeof(Spacing) => new Spacing(1, 1.5, 0),
            null when type.IsEnum => Enum.ToObject(type, 1),
            _ => throw new NotSupportedException($"This test doesn't know how to change a {type}."),
        };
    }
}
