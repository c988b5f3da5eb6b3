using Radiomics.Cli.Conformance;

namespace Radiomics.Extraction.Tests;

/// <summary>Configurations B (bilinear in plane, slice by slice) and E (tricubic spline, range and outliers) on the real CT phantom.</summary>
public class ConfigurationTests
{
    private static readonly Lazy<FeatureVector> B = new(() => Extract("ibsi-b"));
    private static readonly Lazy<FeatureVector> E = new(() => Extract("ibsi-e"));

    public static TheoryData<string, double, string> ReferencesOfB() => References(ConfigurationReferences.B);

    public static TheoryData<string, double, string> ReferencesOfE() => References(ConfigurationReferences.E);

    [Theory]
    [MemberData(nameof(ReferencesOfB))]
    public void A_reference_value_of_configuration_B_is_reproduced(string value, double tolerance, string tag) => AssertMatches(B, value, tolerance, tag);

    [Theory]
    [MemberData(nameof(ReferencesOfE))]
    public void A_reference_value_of_configuration_E_is_reproduced(string value, double tolerance, string tag) => AssertMatches(E, value, tolerance, tag);

    private static void AssertMatches(Lazy<FeatureVector> result, string value, double tolerance, string tag)
    {
        TestData.Require("ibsi1/ct_phantom");
        new ReferenceValue(value, tolerance, tag).AssertMatches(
            result.Value.Diagnostics.TryGetValue(tag, out var diagnostic) ? diagnostic : result.Value.Features[tag]);
    }

    private static TheoryData<string, double, string> References(string table)
    {
        var data = new TheoryData<string, double, string>();
        foreach (var reference in ReferenceValue.Parse(table.Split('\n')))
        {
            data.Add(reference.Text, reference.Tolerance, reference.Tag);
        }

        return data;
    }

    private static FeatureVector Extract(string settings)
    {
        using var image = File.OpenRead(TestData.Require("ibsi1/ct_phantom/image.nii.gz"));
        using var mask = File.OpenRead(TestData.Require("ibsi1/ct_phantom/mask.nii.gz"));
        return FeatureExtractor.Extract(NiftiFile.ReadVolume(image), NiftiFile.ReadMask(mask), ExtractionSettingsFile.Load(settings));
    }
}
