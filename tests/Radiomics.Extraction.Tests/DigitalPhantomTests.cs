using Radiomics.Cli.Conformance;

namespace Radiomics.Extraction.Tests;

/// <summary>Reference values of the digital phantom, without any file.</summary>
public class DigitalPhantomTests
{
    private static readonly Lazy<FeatureVector> Result = new(
        () => FeatureExtractor.Extract(DigitalPhantom.Image, DigitalPhantom.Roi, ExtractionSettingsFile.Load("ibsi-digital")));

    public static TheoryData<string, double, string> References()
    {
        var data = new TheoryData<string, double, string>();
        foreach (var reference in ReferenceValue.Parse(DigitalPhantomReferences.Table.Split('\n')))
        {
            data.Add(reference.Text, reference.Tolerance, reference.Tag);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(References))]
    public void A_reference_value_is_reproduced(string value, double tolerance, string tag) =>
        new ReferenceValue(value, tolerance, tag).AssertMatches(Result.Value.Features[tag]);

    [Fact]
    public void The_mesh_encloses_556_cubic_millimetres() => Assert.Equal(556 + 1.0 / 3, Result.Value.Features["morph_volume"]!.Value, 9);

    [Fact]
    public void Every_feature_has_a_value() => Assert.All(Result.Value.Features, f => Assert.NotNull(f.Value));
}
