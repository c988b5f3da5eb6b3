using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Pages.Report;

namespace Radiomics.Pages.Tests.Report;

/// <summary>Plain words for IBSI tags.</summary>
public sealed class FeatureWordsTests
{
    private static readonly IStringLocalizer s_text = new ServiceCollection().AddLogging().AddLocalization(options => options.ResourcesPath = "Resources").BuildServiceProvider().GetRequiredService<IStringLocalizer<ReportTexts>>();

    [Theory]
    [InlineData("stat_median", "Median signal")]
    [InlineData("ih_skew_fbn_n32", "Skewness of the signal (grey-level histogram)")]
    [InlineData("cm_joint_max_3D_comb", "Most frequent pair of grey levels (co-occurrence texture)")]
    [InlineData("rlm_srhge_3D_avg", "How small and bright: runs of one grey level (run-length texture)")]
    [InlineData("szm_lze_3D", "How large: zones of one grey level (size-zone texture)")]
    [InlineData("dzm_sde_3D", "How near to the border: zones of one grey level by their distance from the border (distance-zone texture)")]
    [InlineData("ngl_hdlge_3D", "How large and dark: neighbourhoods of like grey levels (neighbourhood-dependence texture)")]
    [InlineData("log_s3.0mm__stat_p90", "Signal above which the brightest tenth lies (90th percentile), of the image filtered by the Laplacian of a Gaussian, σ 3.0 mm")]
    [InlineData("wavelet_coif1_LLH__stat_mean", "Mean signal, of the image filtered by wavelet LLH")]
    [InlineData("square__cm_contrast_3D_comb", "Contrast of neighbours (co-occurrence texture), of the image of squared signal")]
    [InlineData("log_s3.0mm_2d_zero__stat_mean", "Mean signal, of the image filtered by the Laplacian of a Gaussian, σ 3.0 mm (2d zero)")]
    [InlineData("wavelet_bior2.2_HH_level2_max__stat_mean", "Mean signal, of the image filtered by wavelet HH (level2 max)")]
    [InlineData("mean_m5_2d__stat_mean", "Mean signal, of the image of local means (m5 2d)")]
    [InlineData("laws_L5E5E5_max_d7__cm_contrast_3D_comb_none", "Contrast of neighbours (co-occurrence texture), of the image filtered by Laws' kernels (L5E5E5 max d7)")]
    [InlineData("gabor_s2.0mm_w4.0mm_t0.785_planes__ih_skew_fbs_w2.5", "Skewness of the signal (grey-level histogram), of the image filtered by a Gabor filter (s2.0mm w4.0mm t0.785 planes)")]
    [InlineData("simoncelli_level1_riesz110__stat_mean", "Mean signal, of the image filtered by Simoncelli's wavelet (level1 riesz110)")]
    [InlineData("age", "age")]
    [InlineData("ferritin_ng", "ferritin_ng")]
    public void A_tag_is_put_into_words_by_its_parts(string tag, string words) => Assert.Equal(words, FeatureWords.Of(s_text, tag));

    [Fact]
    public void Every_filter_of_the_engines_own_conventions_has_words()
    {
        // Where a filter isn't known the tag's letters stay; behind words its options are in brackets.
        var filters = Enum.GetValues<FilterType>().Where(type => type is not (FilterType.Lbp2D or FilterType.Lbp3D)).Select(type => type.ToString().ToLowerInvariant());
        Assert.All(filters, type => Assert.EndsWith(" (x)", FeatureWords.Of(s_text, $"{type}_x__stat_mean"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_feature_of_the_demonstration_models_has_words_of_its_own()
    {
        var tags = from center in new[] { "A", "B" } from field in new[] { "1.5T", "3.0T" } from feature in TestReports.Package(center, field).Card.Features select feature.Name;
        Assert.All(tags, tag => Assert.DoesNotContain(tag[(tag.IndexOf('_') + 1)..], FeatureWords.Of(s_text, tag), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("liver-mri")]
    [InlineData("liver-mri-3mm-filters")]
    public void Every_feature_that_the_engine_measures_has_words(string settings)
    {
        var phantom = LiverPhantom.Generate(new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 8, Seed = 1 }.WithSize(32, 16));
        var vector = FeatureExtractor.Extract(phantom.Sequences["T1_W"], phantom.Liver, ExtractionSettingsFile.Load(settings));

        // Where a measure isn't known its tag's letters stay, in lower case.
        Assert.Empty(vector.Features.Keys.Where(tag => !Regex.IsMatch(FeatureWords.Of(s_text, tag), "^[A-Z][a-z]+[ ,:(]|^[A-Z][a-z]+$")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_feature_of_the_catalogue_has_words_of_its_own()
    {
        var words = FeatureCatalogue.All.ToDictionary(feature => feature.Tag, feature => FeatureWords.Of(s_text, feature.Tag));

        // Where a measure isn't known its tag's letters stay, in lower case.
        Assert.Empty(words.Where(pair => !Regex.IsMatch(pair.Value, "^[A-Z][a-z]+[ ,:(]|^[A-Z][a-z]+$")).Select(pair => pair.Key));
        Assert.Equal(words.Count, words.Values.Distinct().Count());
    }
}
