using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Radiomics.Extraction.Tests;

public class FilterSettingsTests
{
    private const string Gabor = "'type':'gabor','sigma':5,'wavelength':2";

    /// <summary>A filter's options, and the name of its first map.</summary>
    public static TheoryData<string, string> Names => new()
    {
        { "'type':'mean','support':5", "mean_m5__" },
        { "'type':'mean','support':5,'dimension':'slices','boundary':'zero'", "mean_m5_2d_zero__" },
        { "'type':'log','sigma':3", "log_s3.0mm__" },
        { "'type':'log','sigma':3,'cutoff':4,'boundary':'mirror','dimension':'volume'", "log_s3.0mm__" },
        { "'type':'log','sigma':1.5,'dimension':'slices'", "log_s1.5mm_2d__" },
        { "'type':'log','sigma':1.5,'cutoff':3,'boundary':'nearest'", "log_s1.5mm_c3.0_nearest__" },
        { "'type':'log','sigma':1.5,'rieszOrder':[1,0,0]", "log_s1.5mm_riesz100__" },
        { "'type':'laws','kernels':'l5e5e5','rotationInvariance':'max','energyDistance':7", "laws_L5E5E5_max_d7__" },
        { "'type':'laws','kernels':'L5E5','rotationInvariance':'min','boundary':'periodic'", "laws_L5E5_min_periodic__" },
        { Gabor, "gabor_s5.0mm_w2.0mm__" },
        { Gabor + ",'gamma':1.5,'theta':60,'response':'imaginary'", "gabor_s5.0mm_w2.0mm_g1.5_t60.0_imaginary__" },
        { Gabor + ",'gamma':1.5,'thetaStep':22.5,'orthogonalPlanes':true", "gabor_s5.0mm_w2.0mm_g1.5_step22.5_avg_planes__" },
        { "'type':'wavelet'", "wavelet_coif1_LLL__" },
        { "'type':'wavelet','wavelet':'DB3','bands':['llh'],'rotationInvariance':'average'", "wavelet_db3_LLH_avg__" },
        { "'type':'wavelet','wavelet':'db3','bands':['HHH'],'level':2,'boundary':'zero'", "wavelet_db3_HHH_level2_zero__" },
        { "'type':'wavelet','wavelet':'db3','dimension':'slices'", "wavelet_db3_LL__" },
        { "'type':'simoncelli'", "simoncelli_level1__" },
        { "'type':'simoncelli','level':2,'dimension':'slices','rieszOrder':[0,1]", "simoncelli_level2_2d_riesz01__" },
        { "'type':'squareRoot'", "squareroot__" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_carries_every_option_that_is_not_the_default(string filter, string name) =>
        Assert.Equal(name, FilterNames.Of(FilteredMap.Settings(filter), Conventions.Ibsi)[0]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Options_are_read_as_they_are_written_and_absent_where_they_are_not_set(string filter, string name)
    {
        var settings = new ExtractionSettings { Name = name, Filters = [FilteredMap.Settings(filter)] };
        var bytes = Written(settings);
        Assert.Equal(bytes, Written(SettingsJson.Read(bytes)));
        using var json = JsonDocument.Parse(bytes);
        var given = JsonDocument.Parse($"{{{filter.Replace('\'', '"')}}}").RootElement.EnumerateObject().Select(p => p.Name);
        string[] always = ["type", "sigma", "wavelet", "sigmaName", "discretisation"];
        Assert.Equal(
            always.Union(given).Order(StringComparer.Ordinal),
            json.RootElement.GetProperty("filters")[0].EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Slices_have_four_sub_bands_and_volumes_eight()
    {
        Assert.Equal(
            ["wavelet_db3_LL__", "wavelet_db3_LH__", "wavelet_db3_HL__", "wavelet_db3_HH__"],
            FilterNames.Of(FilteredMap.Settings("'type':'wavelet','wavelet':'db3','dimension':'slices'"), Conventions.Ibsi));
        Assert.Equal(8, FilterNames.Of(FilteredMap.Settings("'type':'wavelet','wavelet':'db3','level':2"), Conventions.Ibsi).Length);
    }

    [Theory]
    [InlineData("bench-liver", "40ccfe85ad82aa2d2f3ecf22a01526ce29c18e809133270d666fa87391f5a184")]
    [InlineData("bench-liver-filters", "76c856f49c51110d156602b164225d11ea5d81bbb4ca0b4782acfe59886d6243")]
    [InlineData("liver-mri-3mm-filters", "5aff7638c3ec0b20d66e067ba756f30e6b47e88efd8a75a457e595d960a7a2bb")]
    [InlineData("ibsi-e", "2b490bf60b8773b29eb7c280da346f562a209f7f8b5b7d9b41e759ef83111a17")]
    public void Settings_from_before_these_options_keep_their_hash(string name, string hash) =>
        Assert.Equal(hash, ExtractionSettingsFile.Load(name).ComputeHash());

    [Theory]
    [InlineData("'type':'mean'", "'support'")]
    [InlineData("'type':'mean','support':4", "odd")]
    [InlineData("'type':'mean','support':-1", "'support'")]
    [InlineData("'type':'mean','support':5,'sigma':1", "'sigma'")]
    [InlineData("'type':'log','sigma':1,'support':5", "'support'")]
    [InlineData("'type':'log','sigma':1,'cutoff':0", "'cutoff'")]
    [InlineData("'type':'mean','support':5,'cutoff':4", "'cutoff'")]
    [InlineData("'type':'log','sigma':1,'rotationInvariance':'max'", "'rotationInvariance'")]
    [InlineData("'type':'log','sigma':1,'rieszOrder':[1,0]", "'rieszOrder'")]
    [InlineData("'type':'log','sigma':1,'rieszOrder':[0,0,0]", "'rieszOrder'")]
    [InlineData("'type':'laws'", "'kernels'")]
    [InlineData("'type':'laws','kernels':'L5'", "'kernels'")]
    [InlineData("'type':'laws','kernels':'L5X5'", "L5, E5, S5, W5, R5, L3, E3 and S3")]
    [InlineData("'type':'laws','kernels':'L5E5','dimension':'volume'", "'dimension'")]
    [InlineData("'type':'laws','kernels':'L5E5','energyDistance':0", "'energyDistance'")]
    [InlineData("'type':'square','boundary':'zero'", "'boundary'")]
    [InlineData("'type':'square','dimension':'slices'", "'dimension'")]
    [InlineData("'type':'gabor','sigma':5", "'wavelength'")]
    [InlineData("'type':'gabor','wavelength':5", "'sigma'")]
    [InlineData(Gabor + ",'theta':10,'thetaStep':45", "'thetaStep'")]
    [InlineData(Gabor + ",'rotationInvariance':'max'", "'rotationInvariance'")]
    [InlineData(Gabor + ",'gamma':0", "'gamma'")]
    [InlineData("'type':'mean','support':5,'gamma':1", "'gamma'")]
    [InlineData("'type':'wavelet','wavelet':'db99'", "There is no wavelet 'db99'")]
    [InlineData("'type':'wavelet','bands':['LL']", "'bands'")]
    [InlineData("'type':'wavelet','bands':[]", "'bands'")]
    [InlineData("'type':'wavelet','bands':['LLH','LLH']", "'bands'")]
    [InlineData("'type':'wavelet','bands':['LXH']", "'bands'")]
    [InlineData("'type':'wavelet','level':0", "'level'")]
    [InlineData("'type':'simoncelli','level':9", "'level'")]
    [InlineData("'type':'gradient','level':1", "'level'")]
    [InlineData("'type':'gradient','bands':['LLL']", "'bands'")]
    public void What_does_not_go_together_is_refused_by_name(string filter, string word)
    {
        var error = Assert.Throws<RadiomicsException>(() => FilteredMap.Settings(filter));
        Assert.Equal("InvalidSettings", error.Code);
        Assert.Contains(word, error.Detail);
    }

    [Theory]
    [InlineData("'type':'mean','support':5")]
    [InlineData("'type':'wavelet','level':2")]
    [InlineData("'type':'log','sigma':1,'boundary':'zero'")]
    public void PyRadiomics_has_none_of_it(string filter)
    {
        var settings = new ExtractionSettings
        {
            Name = "x",
            Conventions = Conventions.PyRadiomics,
            Filters = [FilteredMap.Settings(filter)],
            Families = [FeatureFamily.Statistics],
            Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 32 },
        };
        Assert.Contains("PyRadiomics", Assert.Throws<RadiomicsException>(settings.Validated).Detail);
    }

    [Fact]
    public void The_documentations_filters_are_read_and_have_the_names_that_it_says()
    {
        var rows = File.ReadLines(Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Extraction", "README.md"))
            .Where(line => line.StartsWith("| `{\"type\"", StringComparison.Ordinal))
            .Select(line => line.Split('`'))
            .ToList();
        Assert.Equal(8, rows.Count);
        Assert.All(rows, row =>
        {
            var name = Assert.Single(row, cell => cell.EndsWith("__", StringComparison.Ordinal) && !cell.StartsWith("squareroot", StringComparison.Ordinal));
            Assert.Equal(name, FilterNames.Of(FilteredMap.Settings(row[1][1..^1]), Conventions.Ibsi)[0]);
        });
    }

    [Fact]
    public void Filters_that_differ_by_an_option_can_stand_together()
    {
        var filters = Names.Select(row => $"{{{row.Data.Item1}}}").Where(f => !f.Contains("'cutoff':4")).Select(f => f.Replace('\'', '"'));
        var settings = ExtractionSettingsFile.Load(Encoding.UTF8.GetBytes($$"""{"name":"x","filters":[{{string.Join(',', filters)}}]}"""));
        Assert.Equal(Names.Count - 1, settings.Filters.Count);
    }

    private static byte[] Written(ExtractionSettings settings)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            settings.WriteTo(json);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
