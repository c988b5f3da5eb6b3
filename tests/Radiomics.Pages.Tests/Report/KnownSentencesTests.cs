using System.Text.RegularExpressions;
using Radiomics.Learning;
using Radiomics.Pages.Report;

namespace Radiomics.Pages.Tests.Report;

/// <summary>What records say in English is said in Chinese with the same values.</summary>
public sealed partial class KnownSentencesTests
{
    [Theory]
    [InlineData("3 identical copies of DICOM files were left out.", "已排除 3 个完全相同的 DICOM 文件副本。")]
    [InlineData("'stat_iqr' is undefined for this study; the median of the training cases (0.2919) was put in.", "本次检查的“stat_iqr”未定义；已代入训练病例的中位数（0.2919）。")]
    [InlineData("T2: no features (EmptyRoi). The ROI has no voxel inside.", "T2：未能提取特征（EmptyRoi）。")]
    [InlineData("2 series fit T1_F; series 5 was taken: an earlier rule fits it; it covers more.", "2 个序列符合 T1_F；采用序列 5：符合更靠前的规则；覆盖范围更大。")]
    [InlineData("Series 4, 7 and 9 were left out: none of the profile's sequences.", "已排除序列 4、7 和 9：不属于中心配置的任何序列。")]
    [InlineData("Left out: 12 localizers, of series 1 and one without a number.", "已排除：序列 1 和 一个无编号的 12 幅图像（定位像）。")]
    [InlineData("The region of interest on T1_F can hardly be what the center's profile looks for: 250.4 ml is less than 300 ml, 3 separate parts are more than 1.", "T1_F 上的感兴趣区很可能不是中心配置所要求的区域：250.4 ml 小于 300 ml、3 个独立部分多于 1 个。")]
    [InlineData("Files of the archive that need a password: 2. Left out.", "压缩包中需要密码的文件：2 个。已排除。")]
    [InlineData(ModelCard.DemonstrationNotice, "演示模型，由合成体模训练。不得用于临床：不得据此作出任何患者的诊疗决定。")]
    public void A_sentence_is_said_with_its_values(string english, string chinese)
    {
        Assert.Equal(chinese, KnownSentences.In("zh", english));
        Assert.Equal(english, KnownSentences.In("en", english));
    }

    [Theory]
    [InlineData("Nobody has put this into Chinese.")]
    [InlineData("This and that")]
    [InlineData("series 3")]
    public void What_nobody_has_put_into_Chinese_is_not_known(string english) => Assert.Null(KnownSentences.In("zh", english));

    [Fact]
    public void Every_sentence_that_reading_a_study_warns_with_is_known()
    {
        var files = Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Dicom"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var sentences = files.Select(File.ReadAllText)
            .SelectMany(source => Added().Matches(source).Select(match => match.Groups[1].Value).Concat(Counted().Matches(source).Select(match => $"7 {match.Groups[1].Value}")))
            .Where(sentence => sentence.EndsWith('.'))
            .Select(sentence => Place().Replace(sentence, "7"))
            .ToList();
        Assert.True(sentences.Count > 20, $"{sentences.Count}");
        Assert.Equal([], sentences.Where(sentence => KnownSentences.In("zh", sentence) is null));
    }

    [GeneratedRegex("""[wW]arnings\.Add\(\$?"((?:[^"\\]|\\.)*)"\)""")]
    private static partial Regex Added();

    [GeneratedRegex("""Warn\(\s*warnings,[^;"]*,\s*"([^"]*)"\)""")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Place();
}
