using System.Collections.Concurrent;
using Radiomics.Cli.Conformance;

namespace Radiomics.Extraction.Tests;

/// <summary>The consortium's reference values, read from its tables, a test each.</summary>
public class ReferenceTableTests
{
    private static readonly (string Table, string Data, string Settings)[] Configurations =
    [
        ("dig_phantom", "digital_phantom", "ibsi-digital"),
        ("chest_config_a", "ct_phantom", "ibsi-a"),
        ("chest_config_c", "ct_phantom", "ibsi-c"),
        ("chest_config_d", "ct_phantom", "ibsi-d"),
    ];

    private static readonly ConcurrentDictionary<string, Lazy<FeatureVector>> Results = new();

    public static IEnumerable<TheoryDataRow<string, string, double, string>> Rows()
    {
        foreach (var (table, _, _) in Configurations)
        {
            if (TestData.Find($"ibsi1/reference/{table}.csv") is not { } path)
            {
                yield return new TheoryDataRow<string, string, double, string>(table, "", 0, "") { Skip = $"../shared/data/ibsi1/reference/{table}.csv is absent" };
                continue;
            }

            foreach (var row in ReferenceValue.ReadTable(path))
            {
                yield return new(table, row.Text, row.Tolerance, row.Tag);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_value_of_the_reference_table_is_reproduced(string table, string value, double tolerance, string tag)
    {
        var result = Results.GetOrAdd(table, _ => new(() => Extract(table))).Value;
        new ReferenceValue(value, tolerance, tag).AssertMatches(
            result.Diagnostics.TryGetValue(tag, out var diagnostic) ? diagnostic : result.Features[tag]);
    }

    private static FeatureVector Extract(string table)
    {
        var (_, data, settings) = Configurations.Single(c => c.Table == table);
        using var image = File.OpenRead(TestData.Require($"ibsi1/{data}/image.nii.gz"));
        using var mask = File.OpenRead(TestData.Require($"ibsi1/{data}/mask.nii.gz"));
        return FeatureExtractor.Extract(NiftiFile.ReadVolume(image), NiftiFile.ReadMask(mask), ExtractionSettingsFile.Load(settings));
    }
}
