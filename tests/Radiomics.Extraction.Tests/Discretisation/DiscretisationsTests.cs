using System.Text;

namespace Radiomics.Extraction.Tests;

public class DiscretisationsTests
{
    private static readonly DiscretisationSettings[] s_several =
    [
        new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 16 },
        new() { Method = DiscretisationMethod.FixedBinSize, BinSize = 12.5, Origin = BinOrigin.Zero },
        new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 32 },
    ];

    [Fact]
    public void Each_discretisation_gives_what_a_run_of_its_own_gives_and_other_families_are_measured_once()
    {
        var (image, roi) = Case();
        var together = FeatureExtractor.Extract(image, roi, Settings() with { Discretisations = s_several, FilterDiscretisations = s_several[..2] });
        var levels = 0;
        string[] suffixes = ["_fbn_n16", "_fbs_w12.5", "_fbn_n32"];
        for (var i = 0; i < suffixes.Length; i++)
        {
            var alone = FeatureExtractor.Extract(image, roi, Settings() with { Discretisation = s_several[i], FilterDiscretisation = s_several[Math.Min(i, 1)] });
            foreach (var (tag, value) in alone.Features)
            {
                var bare = tag[(tag.IndexOf("__", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];
                var needsLevels = new[] { "ih_", "cm_", "rlm_", "szm_", "dzm_", "ngt_", "ngl_" }.Any(family => bare.StartsWith(family, StringComparison.Ordinal));
                var isMap = bare.Length < tag.Length;
                var name = needsLevels ? tag + (isMap ? suffixes[Math.Min(i, 1)] : suffixes[i]) : tag;
                Assert.Equal(value, together.Features[name]);
                levels += needsLevels && !isMap ? 1 : 0;
                Assert.Equal(needsLevels, !together.Features.ContainsKey(tag));
            }
        }

        var one = FeatureExtractor.Extract(image, roi, Settings() with { Discretisation = s_several[0] }).Features;
        var mapLevels = one.Keys.Count(tag => tag.StartsWith("square__", StringComparison.Ordinal)) - one.Keys.Count(tag => tag.StartsWith("square__", StringComparison.Ordinal) && (tag.Contains("__stat", StringComparison.Ordinal) || tag.Contains("__ivh", StringComparison.Ordinal) || tag.Contains("__loc", StringComparison.Ordinal)));
        Assert.Equal(one.Count + 2 * levels / 3 + mapLevels, together.Features.Count);
    }

    [Fact]
    public void An_undefined_feature_carries_the_discretisation_too()
    {
        var (image, roi) = Case();
        Array.Fill(image.Voxels, 5);
        var vector = FeatureExtractor.Extract(image, roi, Settings() with { Filters = [], Families = [FeatureFamily.Histogram], Discretisations = s_several });
        Assert.All(vector.Undefined.Keys, tag => Assert.Contains("_fb", tag));
        Assert.NotEmpty(vector.Undefined);
    }

    [Theory]
    [InlineData("""{"name":"x","discretisations":[]}""", "at least one")]
    [InlineData("""{"name":"x","discretisation":{"method":"fixedBinNumber","bins":8},"discretisations":[{"method":"fixedBinNumber","bins":9}]}""", "takes the place of 'discretisation'")]
    [InlineData("""{"name":"x","filterDiscretisation":{"method":"fixedBinNumber","bins":8},"filterDiscretisations":[{"method":"fixedBinNumber","bins":9}]}""", "takes the place of 'filterDiscretisation'")]
    [InlineData("""{"name":"x","discretisations":[{"method":"fixedBinSize","binSize":2},{"method":"fixedBinSize","binSize":2,"origin":"zero"}]}""", "same names")]
    [InlineData("""{"name":"x","discretisations":[{"method":"fixedBinNumber"}]}""", "'discretisations[0].bins'")]
    public void Lists_that_can_not_be_are_refused(string json, string sentence)
    {
        var error = Assert.Throws<RadiomicsException>(() => ExtractionSettingsFile.Load(Encoding.UTF8.GetBytes(json)));
        Assert.Equal("InvalidSettings", error.Code);
        Assert.Contains(sentence, error.Detail);
    }

    [Fact]
    public void Settings_without_the_new_options_keep_their_hash()
    {
        // As they were hashed before there were these options.
        Assert.Equal("9b8595da401f713dcda2058bf7ea5c0975886dc6d1a44a8e927b3b65668fc88e", ExtractionSettingsFile.Load("ibsi-digital").ComputeHash());
        Assert.Equal("76c856f49c51110d156602b164225d11ea5d81bbb4ca0b4782acfe59886d6243", ExtractionSettingsFile.Load("bench-liver-filters").ComputeHash());
    }

    private static ExtractionSettings Settings() => new() { Name = "x", Filters = [new() { Type = FilterType.Square }] };

    private static (Volume Image, Mask Roi) Case()
    {
        var g = new VolumeGeometry { SizeX = 10, SizeY = 9, SizeZ = 8, SpacingX = 1, SpacingY = 1, SpacingZ = 2 };
        var (voxels, inside) = (new float[g.Count], new byte[g.Count]);
        for (var n = 0; n < g.Count; n++)
        {
            voxels[n] = n * 7919 % 211 + 10;
            inside[n] = n % 10 is > 1 and < 8 && n / 10 % 9 is > 1 and < 7 ? (byte)1 : (byte)0;
        }

        return (new(g, voxels), new(g, inside));
    }
}
