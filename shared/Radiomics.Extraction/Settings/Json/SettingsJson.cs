using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>
/// Extraction settings as JSON, option by option: the same text as <see cref="JsonSerializer"/> makes of the records (a test compares every option),
/// but without its reflection, which would take several times as long as the extraction of a small ROI. A new option needs a line in both halves.
/// </summary>
internal static class SettingsJson
{
    private static readonly ExtractionSettings Defaults = new() { Name = "" };

    /// <summary>Reads settings from a whole document; <c>$schema</c> at its top is for editors and means nothing.</summary>
    /// <exception cref="JsonException">Not JSON, or not settings; its path says where.</exception>
    public static ExtractionSettings Read(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        var settings = Read(ref reader);
        while (reader.Read())
        {
        }

        return settings;
    }

    /// <summary>Reads settings where <paramref name="json"/> stands, and leaves it at their end.</summary>
    public static ExtractionSettings Read(ref Utf8JsonReader json)
    {
        var reader = new SettingsReader(json);
        var settings = reader.Object(Defaults, Read, required: "name");
        json = reader.Json;
        return settings;
    }

    /// <summary>Writes all options, in declared order.</summary>
    public static void Write(Utf8JsonWriter json, ExtractionSettings s)
    {
        json.WriteStartObject();
        json.WriteString("name", s.Name);
        json.WriteEnum("conventions", s.Conventions);
        json.WritePropertyName("pyRadiomics");
        PyRadiomicsSettingsJson.Write(json, s.PyRadiomics);
        if (s.Roi is { } roi)
        {
            json.WritePropertyName("roi");
            Write(json, roi);
        }

        json.WritePropertyName("normalisation");
        Write(json, s.Normalisation);
        json.WritePropertyName("resampling");
        Write(json, s.Resampling);
        json.WriteEnum("rounding", s.Rounding);
        json.WritePropertyName("reSegmentation");
        Write(json, s.ReSegmentation);
        json.WritePropertyName("discretisation");
        Write(json, s.Discretisation);
        Write(json, "discretisations", s.Discretisations);
        json.WritePropertyName("intensityVolumeHistogram");
        Write(json, s.IntensityVolumeHistogram);
        json.WritePropertyName("texture");
        Write(json, s.Texture);
        json.WriteStartArray("filters");
        foreach (var filter in s.Filters)
        {
            FilterSettingsJson.Write(json, filter);
        }

        json.WriteEndArray();
        json.WritePropertyName("filterDiscretisation");
        Write(json, s.FilterDiscretisation);
        Write(json, "filterDiscretisations", s.FilterDiscretisations);
        json.WriteBoolean("measureOriginal", s.MeasureOriginal);
        json.WriteBoolean("wholeImageDiagnostics", s.WholeImageDiagnostics);
        json.WriteEnums("families", s.Families);
        WriteFeatures(json, s.Features);
        json.WriteEndObject();
    }

    private static ExtractionSettings Read(ref SettingsReader r, ExtractionSettings s) =>
        r.Is("$schema") && r.Text() is not null ? s
        : r.Is(nameof(s.Name)) ? s with { Name = r.Text() }
        : r.Is(nameof(s.Conventions)) ? s with { Conventions = r.Enum<Conventions>() }
        : r.Is(nameof(s.PyRadiomics)) ? s with { PyRadiomics = r.ObjectOrNull(PyRadiomicsSettingsJson.Defaults, PyRadiomicsSettingsJson.Read) }
        : r.Is(nameof(s.Roi)) ? s with { Roi = r.ObjectOrNull(new RoiSettings(), Read) }
        : r.Is(nameof(s.Normalisation)) ? s with { Normalisation = r.Object(new NormalisationSettings(), Read) }
        : r.Is(nameof(s.Resampling)) ? s with { Resampling = r.Object(new ResamplingSettings(), Read) }
        : r.Is(nameof(s.Rounding)) ? s with { Rounding = r.Enum<IntensityRounding>() }
        : r.Is(nameof(s.ReSegmentation)) ? s with { ReSegmentation = r.Object(new ReSegmentationSettings(), Read) }
        : r.Is(nameof(s.Discretisation)) ? s with { Discretisation = r.Object(new DiscretisationSettings(), Read) }
        : r.Is(nameof(s.Discretisations)) ? s with { Discretisations = ReadSeveral(ref r) }
        : r.Is(nameof(s.IntensityVolumeHistogram)) ? s with { IntensityVolumeHistogram = r.Object(new DiscretisationSettings(), Read) }
        : r.Is(nameof(s.Texture)) ? s with { Texture = r.Object(new TextureSettings(), Read) }
        : r.Is(nameof(s.Filters)) ? s with { Filters = r.List(FilterSettingsJson.Read) }
        : r.Is(nameof(s.FilterDiscretisation)) ? s with { FilterDiscretisation = r.Object(new DiscretisationSettings(), Read) }
        : r.Is(nameof(s.FilterDiscretisations)) ? s with { FilterDiscretisations = ReadSeveral(ref r) }
        : r.Is(nameof(s.MeasureOriginal)) ? s with { MeasureOriginal = r.Flag() }
        : r.Is(nameof(s.WholeImageDiagnostics)) ? s with { WholeImageDiagnostics = r.Flag() }
        : r.Is(nameof(s.Families)) ? s with { Families = r.List((ref element) => element.Enum<FeatureFamily>()) }
        : r.Is(nameof(s.Features)) ? s with { Features = r.List((ref element) => element.Text()) }
        : throw r.Unknown();

    /// <summary>Written only where they are given, so that settings without keep their hash.</summary>
    private static void WriteFeatures(Utf8JsonWriter json, IReadOnlyList<string>? features)
    {
        if (features is null)
        {
            return;
        }

        json.WriteStartArray("features");
        foreach (var feature in features)
        {
            json.WriteStringValue(feature);
        }

        json.WriteEndArray();
    }

    private static RoiSettings Read(ref SettingsReader r, RoiSettings s) =>
        r.Is(nameof(s.LargestComponent)) ? s with { LargestComponent = r.Flag() }
        : r.Is(nameof(s.FillHoles)) ? s with { FillHoles = r.Enum<HoleFilling>() }
        : r.Is(nameof(s.Margin)) ? s with { Margin = r.Number() }
        : throw r.Unknown();

    private static void Write(Utf8JsonWriter json, RoiSettings s)
    {
        json.WriteStartObject();
        json.WriteBoolean("largestComponent", s.LargestComponent);
        json.WriteEnum("fillHoles", s.FillHoles);
        json.WriteNumber("margin", s.Margin);
        json.WriteEndObject();
    }

    private static NormalisationSettings Read(ref SettingsReader r, NormalisationSettings s) =>
        r.Is(nameof(s.Method)) ? s with { Method = r.Enum<NormalisationMethod>() }
        : r.Is(nameof(s.LowerPercentile)) ? s with { LowerPercentile = r.NumberOrNull() }
        : r.Is(nameof(s.UpperPercentile)) ? s with { UpperPercentile = r.NumberOrNull() }
        : r.Is(nameof(s.Scale)) ? s with { Scale = r.Number() }
        : r.Is(nameof(s.ClipSigma)) ? s with { ClipSigma = r.NumberOrNull() }
        : throw r.Unknown();

    private static void Write(Utf8JsonWriter json, NormalisationSettings s)
    {
        json.WriteStartObject();
        json.WriteEnum("method", s.Method);
        json.WriteNumber("lowerPercentile", s.LowerPercentile);
        json.WriteNumber("upperPercentile", s.UpperPercentile);
        json.WriteNumber("scale", s.Scale);
        json.WriteNumber("clipSigma", s.ClipSigma);
        json.WriteEndObject();
    }

    private static ResamplingSettings Read(ref SettingsReader r, ResamplingSettings s) =>
        r.Is(nameof(s.Method)) ? s with { Method = r.Enum<InterpolationMethod>() }
        : r.Is(nameof(s.Spacing)) ? s with { Spacing = r.SpacingOrNull() }
        : r.Is(nameof(s.InPlane)) ? s with { InPlane = r.Flag() }
        : r.Is(nameof(s.RoiMethod)) ? s with { RoiMethod = r.Enum<InterpolationMethod>() }
        : r.Is(nameof(s.RoiThreshold)) ? s with { RoiThreshold = r.Number() }
        : r.Is(nameof(s.Alignment)) ? s with { Alignment = r.Enum<GridAlignment>() }
        : r.Is(nameof(s.AntiAliasing)) ? s with { AntiAliasing = r.NumberOrNull() }
        : throw r.Unknown();

    private static void Write(Utf8JsonWriter json, ResamplingSettings s)
    {
        json.WriteStartObject();
        json.WriteEnum("method", s.Method);
        json.WriteSpacing("spacing", s.Spacing);
        json.WriteBoolean("inPlane", s.InPlane);
        json.WriteEnum("roiMethod", s.RoiMethod);
        json.WriteNumber("roiThreshold", s.RoiThreshold);
        json.WriteEnum("alignment", s.Alignment);
        if (s.AntiAliasing is { } smoothing)
        {
            json.WriteNumber("antiAliasing", smoothing);
        }

        json.WriteEndObject();
    }

    private static ReSegmentationSettings Read(ref SettingsReader r, ReSegmentationSettings s) =>
        r.Is(nameof(s.Lower)) ? s with { Lower = r.NumberOrNull() }
        : r.Is(nameof(s.Upper)) ? s with { Upper = r.NumberOrNull() }
        : r.Is(nameof(s.Unit)) ? s with { Unit = r.Enum<ReSegmentationUnit>() }
        : r.Is(nameof(s.OutlierSigma)) ? s with { OutlierSigma = r.NumberOrNull() }
        : throw r.Unknown();

    private static void Write(Utf8JsonWriter json, ReSegmentationSettings s)
    {
        json.WriteStartObject();
        json.WriteNumber("lower", s.Lower);
        json.WriteNumber("upper", s.Upper);
        json.WriteEnum("unit", s.Unit);
        json.WriteNumber("outlierSigma", s.OutlierSigma);
        json.WriteEndObject();
    }

    public static DiscretisationSettings Read(ref SettingsReader r, DiscretisationSettings s) =>
        r.Is(nameof(s.Method)) ? s with { Method = r.Enum<DiscretisationMethod>() }
        : r.Is(nameof(s.Bins)) ? s with { Bins = r.IntegerOrNull() }
        : r.Is(nameof(s.BinSize)) ? s with { BinSize = r.NumberOrNull() }
        : r.Is(nameof(s.Origin)) ? s with { Origin = r.Enum<BinOrigin>() }
        : throw r.Unknown();

    public static void Write(Utf8JsonWriter json, DiscretisationSettings s)
    {
        json.WriteStartObject();
        json.WriteEnum("method", s.Method);
        json.WriteInteger("bins", s.Bins);
        json.WriteNumber("binSize", s.BinSize);
        json.WriteEnum("origin", s.Origin);
        json.WriteEndObject();
    }

    private static IReadOnlyList<DiscretisationSettings>? ReadSeveral(ref SettingsReader r) =>
        r.IsNull ? null : r.List((ref element) => element.Object(new DiscretisationSettings(), Read));

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<DiscretisationSettings>? several)
    {
        if (several is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var one in several)
        {
            Write(json, one);
        }

        json.WriteEndArray();
    }

    private static TextureSettings Read(ref SettingsReader r, TextureSettings s) =>
        r.Is(nameof(s.Aggregations)) ? s with { Aggregations = r.List((ref element) => element.Enum<Aggregation>()) }
        : r.Is(nameof(s.CooccurrenceDistance)) ? s with { CooccurrenceDistance = r.Integer() }
        : r.Is(nameof(s.SymmetricCooccurrence)) ? s with { SymmetricCooccurrence = r.Flag() }
        : r.Is(nameof(s.DistanceWeighting)) ? s with { DistanceWeighting = r.Enum<DistanceWeighting>() }
        : r.Is(nameof(s.NeighbourhoodDistance)) ? s with { NeighbourhoodDistance = r.Integer() }
        : r.Is(nameof(s.DependenceDistance)) ? s with { DependenceDistance = r.Integer() }
        : r.Is(nameof(s.DependenceCoarseness)) ? s with { DependenceCoarseness = r.Integer() }
        : throw r.Unknown();

    private static void Write(Utf8JsonWriter json, TextureSettings s)
    {
        json.WriteStartObject();
        json.WriteEnums("aggregations", s.Aggregations);
        json.WriteInteger("cooccurrenceDistance", s.CooccurrenceDistance);
        json.WriteBoolean("symmetricCooccurrence", s.SymmetricCooccurrence);
        json.WriteEnum("distanceWeighting", s.DistanceWeighting);
        json.WriteInteger("neighbourhoodDistance", s.NeighbourhoodDistance);
        json.WriteInteger("dependenceDistance", s.DependenceDistance);
        json.WriteInteger("dependenceCoarseness", s.DependenceCoarseness);
        json.WriteEndObject();
    }
}
