using System.Text.Json;
using System.Text.RegularExpressions;

namespace Radiomics.Extraction.Tests;

/// <summary>What is declared of features, against what extractions give.</summary>
public class FeatureCatalogueTests
{
    private static readonly ExtractionSettings Digital = ExtractionSettingsFile.Load("ibsi-digital");

    private static readonly FilterSettings[] Filters = [new() { Type = FilterType.Log, Sigma = 3 }, new() { Type = FilterType.Wavelet }, new() { Type = FilterType.Square }];

    public static TheoryData<string> Kinds => [.. Settings.Keys];

    private static Dictionary<string, ExtractionSettings> Settings => new()
    {
        ["as shipped"] = Digital,
        ["every aggregation and filters"] = Digital with { Filters = Filters, Texture = Digital.Texture with { Aggregations = Enum.GetValues<Aggregation>() } },
        ["slices merged"] = Digital with { Texture = Digital.Texture with { Aggregations = [Aggregation.Merged2Point5D] } },
        ["maps only"] = Digital with { Filters = Filters, MeasureOriginal = false },
        ["single features of maps"] = Digital with { Filters = Filters, Families = [FeatureFamily.Statistics], Features = ["cm_mcc", "morph_volume"] },
        ["several discretisations"] = Digital with
        {
            Filters = Filters,
            Discretisation = new(),
            Discretisations = [new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 }, new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 2.5 }],
            FilterDiscretisations = [new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 4 }, new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 8 }],
        },
        ["pyradiomics"] = PyRadiomicsDefaults.Settings,
        ["pyradiomics' filters and names"] = PyRadiomicsDefaults.Settings with
        {
            MeasureOriginal = false,
            Filters = [Filters[0], Filters[2]],
            PyRadiomics = new() { Features = new SortedDictionary<string, IReadOnlyList<string>> { ["glcm"] = ["MCC", "Homogeneity1"], ["shape"] = ["Compactness1"] } },
        },
    };

    [Fact]
    public void Tags_codes_and_names_are_unique_and_only_the_maximal_correlation_has_no_code()
    {
        var all = FeatureCatalogue.All;
        Assert.Equal(175, all.Count);
        Assert.Equal(all.Count, all.Select(f => f.Tag).Distinct().Count());
        Assert.Equal(all.Count, all.Select(f => f.Name).Distinct().Count());
        Assert.Equal(["cm_mcc"], all.Where(f => f.Code is null).Select(f => f.Tag));
        Assert.Equal(["cm_mcc"], all.Where(f => f.OnRequest).Select(f => f.Tag));
        var codes = all.Where(f => f.Code is not null).Select(f => f.Code!).ToList();
        Assert.All(codes, code => Assert.Matches("^[0-9A-Z]{4}$", code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(all, f => Assert.Matches(@"^3\.\d+(\.\d+)?$", f.Section));
        Assert.All(all, f => Assert.NotEmpty(f.Formula));
    }

    [Fact]
    public void What_PyRadiomics_has_and_IBSI_defines_is_told_by_the_one_definition()
    {
        var theirs = PyRadiomicsFeatures.Classes.SelectMany(c => c.Features).Where(f => f.Counterpart is not null).ToList();
        Assert.All(theirs, f => Assert.Equal(f.Counterpart!.PyRadiomics, f.Name));
        Assert.Equal(
            FeatureCatalogue.All.Where(f => f.PyRadiomics is not null).Select(f => f.Tag).Order(StringComparer.Ordinal),
            theirs.Select(f => f.Counterpart!.Tag).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_extraction_gives_the_features_that_its_settings_are_said_to_give_in_their_order(string kind)
    {
        var settings = Settings[kind];
        Assert.Equal(FeatureNames.Of(settings).Select(f => f.Name), Extract(settings).Keys);
    }

    [Fact]
    public void Every_feature_can_be_chosen_alone_and_has_the_value_that_it_has_among_all()
    {
        var all = Extract(Digital);
        foreach (var feature in FeatureCatalogue.All.Where(f => !f.OnRequest))
        {
            var alone = Extract(Only(feature.Tag));
            Assert.NotEmpty(alone);
            Assert.All(alone, value => Assert.Equal(all[value.Key], value.Value));
            Assert.Equal(all.Keys.Where(name => FeatureCatalogue.Find(name, out _) == feature), alone.Keys);
        }
    }

    [Fact]
    public void Every_feature_of_PyRadiomics_can_be_named_alone_and_has_the_value_that_it_has_among_all()
    {
        var all = Extract(PyRadiomicsDefaults.Settings);
        foreach (var featureClass in PyRadiomicsFeatures.Classes)
        {
            foreach (var name in featureClass.Default)
            {
                var special = new PyRadiomicsSettings { Features = new SortedDictionary<string, IReadOnlyList<string>> { [featureClass.Name] = [name] } };
                var (key, value) = Assert.Single(Extract(PyRadiomicsDefaults.Settings with { Families = [featureClass.Family], PyRadiomics = special }));
                Assert.Equal($"original_{featureClass.Name}_{name}", key);
                Assert.Equal(all[key], value);
            }
        }
    }

    [Fact]
    public void The_document_of_PyRadiomics_has_the_tags_that_are_declared()
    {
        var rows = File.ReadLines(Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Extraction", "PyRadiomics", "README.md"))
            .SkipWhile(line => line != "## Features and IBSI tags")
            .Select(line => Regex.Match(line, @"^\| `(\w+)`\*? \| (.+) \|$"))
            .Where(row => row.Success)
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value.Split(", ").Select(Told).Order(StringComparer.Ordinal));

        Assert.Equal(PyRadiomicsFeatures.All.Select(c => c.Name).Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(PyRadiomicsFeatures.All, c => Assert.Equal(
            c.Features.Where(f => f.Dropped is null).Select(f => $"{f.Name}{(f.OnRequest ? "*" : "")}: {f.Counterpart?.Tag ?? "none"}").Order(StringComparer.Ordinal),
            rows[c.Name]));

        // "Name: `tag`", in brackets where it is related only; of several without a tag the last one has the "none".
        static string Told(string part)
        {
            var (name, tag) = part.Split(": ") is [var before, var behind] ? (before, behind.Trim('(', '`', ')')) : (part, "none");
            return $"{(name.StartsWith('-') ? $"Maximum2DDiameter{name[1..]}" : name)}: {tag}";
        }
    }

    [Fact]
    public void A_tag_with_an_ending_chooses_one_aggregation()
    {
        var settings = Only("cm_contrast_3D_avg", "szm_sze_2D") with { Texture = Digital.Texture with { Aggregations = Enum.GetValues<Aggregation>() } };
        Assert.Equal(["cm_contrast_3D_avg", "szm_sze_2D"], Extract(settings).Keys);
    }

    [Fact]
    public void Single_features_come_beside_whole_families_and_of_every_map()
    {
        var settings = Digital with { Families = [FeatureFamily.LocalIntensity], Features = ["stat_mean"], Filters = [Filters[2]] };
        Assert.Equal(["loc_peak_glob", "loc_peak_loc", "square__loc_peak_glob", "square__loc_peak_loc", "square__stat_mean", "stat_mean"], Extract(settings).Keys);
    }

    [Fact]
    public void Only_the_families_of_chosen_features_are_computed()
    {
        Assert.Equal([FeatureFamily.Statistics, FeatureFamily.Glcm], (new ExtractionSettings { Name = "x", Features = ["cm_mcc", "stat_mean"] }).MeasuredFamilies);
        Assert.Equal([FeatureFamily.Statistics], Settings["single features of maps"].Families);
    }

    [Fact]
    public void Only_what_is_chosen_is_computed_of_a_matrix_and_the_maximal_correlation_only_if_it_is_named()
    {
        Assert.Equal(CooccurrenceTable.Table.Features.Where(f => f.Tag != "cm_mcc"), CooccurrenceTable.Table.Chosen(null));
        Assert.Equal(["cm_contrast", "cm_mcc"], CooccurrenceTable.Table.Chosen(FeatureChoice.Of(Only("cm_mcc", "cm_contrast_3D_comb"))).Select(f => f.Tag));
        Assert.Equal(CooccurrenceTable.Table.Features, CooccurrenceTable.Table.Chosen(FeatureChoice.Of(Digital with { Families = [FeatureFamily.Glcm], Features = ["cm_mcc"] })));
    }

    [Fact]
    public void The_maximal_correlation_is_the_root_of_the_second_eigenvalue()
    {
        // Two by two by one: levels 1 1 / 1 2. Along x, with both orders: p = [1/2 1/4; 1/4 0], so Q's eigenvalues are 1 and 1/9.
        var grid = new VolumeGeometry { SizeX = 2, SizeY = 2, SizeZ = 1, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var settings = new ExtractionSettings { Name = "mcc", Features = ["cm_mcc"], Texture = new() { Aggregations = [Aggregation.Merged2Point5D, Aggregation.Averaged2Point5D] } };
        var features = FeatureExtractor.Extract(new(grid, [1, 1, 1, 2]), new(grid, [1, 1, 1, 1]), settings).Features;

        // Along x and y it is 1/3; diagonally (1, 1 → 2) and (1 → 1) alone: (2 levels) 1 and 0.
        Assert.Equal((1 / 3.0 + 1 / 3.0 + 1 + 0) / 4, features["cm_mcc_2_5D_avg"]!.Value, 1e-12);
        // Merged: 6 pairs, counts [6 3; 3 0] of 12: p = [1/2 1/4; 1/4 0].
        Assert.Equal(1 / 3.0, features["cm_mcc_2_5D_comb"]!.Value, 1e-12);
    }

    [Fact]
    public void The_maximal_correlation_is_PyRadiomics()
    {
        var theirs = PyRadiomicsDefaults.Settings with { Discretisation = PyRadiomicsDefaults.BinWidth(1) };
        var ours = Only("cm_mcc") with { Texture = Digital.Texture with { Aggregations = [Aggregation.Averaged3D] } };
        Assert.Equal(Extract(theirs)["original_glcm_MCC"]!.Value, Extract(ours)["cm_mcc_3D_avg"]!.Value, 1e-12);
    }

    [Theory]
    [InlineData("stat_meen", "stat_mean")]
    [InlineData("cm_contrst_3D_comb", "cm_contrast")]
    [InlineData("szm_szee_2_5D", "szm_sze")]
    [InlineData("sphericity", "morph_sphericity")]
    [InlineData("nothing_like_it", "radiomics features list")]
    public void An_unknown_feature_is_refused_with_those_spelled_alike(string name, string near)
    {
        var error = Assert.Throws<RadiomicsException>(() => Only("stat_mean", name).Validated());
        Assert.Equal("InvalidSettings", error.Code);
        Assert.Contains($"'{name}'", error.Detail);
        Assert.Contains(near, error.Detail);
    }

    [Theory]
    [InlineData("""{"name":"x","features":[]}""", "at least one")]
    [InlineData("""{"name":"x","features":["stat_mean","stat_mean"]}""", "each once")]
    [InlineData("""{"name":"x","features":["cm_mcc_2D_avg"]}""", "texture.aggregations")]
    [InlineData("""{"name":"x","features":["stat_mean_3D"]}""", "no such feature")]
    [InlineData("""{"name":"x","families":[]}""", "at least one")]
    [InlineData("""{"name":"x","features":["morph_volume"],"measureOriginal":false,"filters":[{"type":"square"}]}""", "response maps")]
    [InlineData("""{"name":"x","conventions":"pyRadiomics","features":["stat_mean"]}""", "pyRadiomics.features")]
    public void A_choice_that_makes_no_sense_is_refused(string json, string says)
    {
        var error = Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load(System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Equal("InvalidSettings", error.Code);
        Assert.Contains(says, error.Detail);
    }

    [Fact]
    public void Settings_that_name_no_features_are_written_as_ever()
    {
        Assert.DoesNotContain("\"features\"", JsonSerializer.Serialize(Digital, RadiomicsJson.Options));
        Assert.EndsWith("\"families\":[],\"features\":[\"stat_mean\"]}", JsonSerializer.Serialize(Only("stat_mean"), RadiomicsJson.Options));
        Assert.NotEqual(Only("stat_mean").ComputeHash(), Only("stat_var").ComputeHash());
    }

    private static ExtractionSettings Only(params string[] features) => Digital with { Families = [], Features = features };

    private static IReadOnlyDictionary<string, double?> Extract(ExtractionSettings settings) =>
        FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, settings, new() { MaxThreads = 1 }).Features;
}
