using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Cli.Conformance;

/// <summary>
/// Compares the engine with the consortium's reference values: the phantoms of IBSI-1, the response maps of IBSI-2 phase 1 and the features of phase 2. Tables that lie with the data
/// come first; values that the tool has itself stand in for those of the digital phantom, of configurations B and E and of phase 2.
/// </summary>
internal sealed class ConformanceRun(ConformanceData data, ExtractionOptions options)
{
    private const string Features = "IBSI-1";
    private const string FilteredFeatures = "IBSI-2 phase 2";

    /// <summary>The part whose groups are response maps.</summary>
    public const string Maps = "IBSI-2 phase 1";

    private static readonly (string Name, string Phantom, string Settings, string Table, string? BuiltIn)[] Configurations =
    [
        ("digital phantom", "digital_phantom", "ibsi-digital", "dig_phantom", DigitalPhantomReferences.Table),
        ("CT phantom, A", "ct_phantom", "ibsi-a", "chest_config_a", null),
        ("CT phantom, B", "ct_phantom", "ibsi-b", "chest_config_b", ConfigurationReferences.B),
        ("CT phantom, C", "ct_phantom", "ibsi-c", "chest_config_c", null),
        ("CT phantom, D", "ct_phantom", "ibsi-d", "chest_config_d", null),
        ("CT phantom, E", "ct_phantom", "ibsi-e", "chest_config_e", ConfigurationReferences.E),
    ];

    /// <summary>How many groups there are.</summary>
    public static int Count => Configurations.Length + FilterTest.All.Count + 2 * FilteredConfiguration.All.Count;

    /// <summary>Response maps go here as they are made; null: nowhere.</summary>
    public Action<FilterTest, Volume>? OnMap { get; init; }

    /// <summary>All groups, one after the other.</summary>
    public IEnumerable<ConformanceGroup> Groups()
    {
        foreach (var configuration in Configurations)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            yield return Configuration(configuration.Name, configuration.Phantom, configuration.Settings, configuration.Table, configuration.BuiltIn);
        }

        foreach (var test in FilterTest.All)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            yield return Map(test);
        }

        foreach (var group in Filtered("A", "ibsi2-a", FilteredReferences.A).Concat(Filtered("B", "ibsi2-b", FilteredReferences.B)))
        {
            yield return group;
        }
    }

    private ConformanceGroup Configuration(string name, string phantom, string settings, string table, string? builtIn)
    {
        var (image, mask) = ($"ibsi1/{phantom}/image.nii.gz", $"ibsi1/{phantom}/mask.nii.gz");
        var path = $"ibsi1/reference/{table}.csv";
        if ((data.Missing(image, mask) ?? (builtIn is null ? data.Missing(path) : null)) is { } missing)
        {
            return ConformanceGroup.Without(Features, name, missing);
        }

        var references = data.Lines(path) is { } lines ? ReferenceValue.Parse(lines.Skip(1)) : ReferenceValue.Parse(builtIn!.Split('\n'));
        return Compare(Features, name, references, FeatureExtractor.Extract(data.Image(image), data.Mask(mask), ExtractionSettingsFile.Load(settings), options), "");
    }

    private ConformanceGroup Map(FilterTest test)
    {
        if (data.Missing(test.PhantomFile, test.ReferenceFile) is { } missing)
        {
            return ConformanceGroup.Without(Maps, test.Title, missing);
        }

        var map = test.Respond(data.Image(test.PhantomFile), options);
        OnMap?.Invoke(test, map);
        var comparison = MapComparison.Of(map, data.Image(test.ReferenceFile));
        return new(
            Maps,
            test.Title,
            comparison.Voxels,
            comparison.Within,
            new(comparison.Place, comparison.Tolerances),
            comparison.Within == comparison.Voxels ? [] : [comparison.Sentence]);
    }

    private IEnumerable<ConformanceGroup> Filtered(string approach, string name, string builtIn)
    {
        const string Image = "ibsi1/ct_phantom/image.nii.gz";
        const string Mask = "ibsi1/ct_phantom/mask.nii.gz";
        if (data.Missing(Image, Mask) is { } missing)
        {
            foreach (var configuration in FilteredConfiguration.All)
            {
                yield return ConformanceGroup.Without(FilteredFeatures, configuration.Title(approach), missing);
            }

            yield break;
        }

        options.Cancellation.ThrowIfCancellationRequested();
        var references = FilteredReferences.Parse(data.Lines("ibsi2/reference_values.csv") ?? builtIn.Split('\n'));
        var settings = ExtractionSettingsFile.Load(name);
        var vector = FeatureExtractor.Extract(data.Image(Image), data.Mask(Mask), settings, options);
        var prefixes = settings.Filters.SelectMany(ResponseMaps.Names).Select(map => map + "__").Prepend("");
        foreach (var (configuration, prefix) in FilteredConfiguration.All.Zip(prefixes))
        {
            yield return Compare(FilteredFeatures, configuration.Title(approach), references[configuration.Id(approach)], vector, prefix);
        }
    }

    private static ConformanceGroup Compare(
        string part, string name, IEnumerable<ReferenceValue> references, FeatureVector vector, string prefix)
    {
        var (compared, within, worst) = (0, 0, new ConformanceDeviation("", -1));
        var outside = new List<string>();
        foreach (var reference in references)
        {
            var tag = prefix + reference.Tag;
            double? computed = vector.Diagnostics.TryGetValue(tag, out var diagnostic) ? diagnostic : vector.Features.GetValueOrDefault(tag);
            var deviation = reference.DeviationOf(computed);
            compared++;
            if (deviation <= 1)
            {
                within++;
            }
            else
            {
                outside.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{name}: {reference.Tag} is {computed?.ToString("G6", CultureInfo.InvariantCulture) ?? "undefined"} instead of {reference.Text} ± {reference.Tolerance}."));
            }

            if (deviation > (worst.Tolerances ?? double.PositiveInfinity))
            {
                worst = new(reference.Tag, double.IsFinite(deviation) ? deviation : null);
            }
        }

        return new(part, name, compared, within, compared > 0 ? worst : null, outside);
    }
}
