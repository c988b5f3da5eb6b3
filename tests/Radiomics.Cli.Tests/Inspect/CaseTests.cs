using System.Text.Json;

namespace Radiomics.Cli.Tests.Inspect;

/// <summary>Studies that went wrong, through the tool: <c>cases.csv</c> says what each is and what is right.</summary>
public sealed class CaseTests
{
    private static readonly Dictionary<string, CaseOutcome> s_expected = new()
    {
        ["02d"] = new(),
        ["02e"] = new(),
        ["06b"] = new() { Same = ["T1_F", "T1_W"], Series = new Dictionary<string, int> { ["T1_F"] = 4, ["T1_W"] = 5 } },
        ["07c"] = new() { Same = ["T1_F", "T1_W"], Series = new Dictionary<string, int> { ["T1_F"] = 4, ["T1_W"] = 5 } },
        ["08d"] = new() { Refused = "AttributeUnreadable", Saying = "RescaleSlope" },
        ["25_BitsAllocated"] = new() { Refused = "UnsupportedPixelFormat", Saying = "BitsAllocated" },
        ["25_Rows"] = new() { Refused = "SequenceIncomplete", Saying = "1 of the 12 images" },
        ["14a"] = new() { Series = new Dictionary<string, int> { ["T1_in"] = 3 } },
        ["c01"] = new() { Center = "B", Base = "base_B15", Series = new Dictionary<string, int> { ["T1_opp"] = 2 } },
        ["e02"] = new() { Refused = "SequenceIncomplete", Saying = "5 of the 12 images" },
        ["n1"] = new() { Refused = "AttributeUnreadable", Saying = "RescaleSlope" },
        ["n3"] = new() { Refused = "AttributeUnreadable", Saying = "RescaleSlope" },
        ["n4"] = new() { Refused = "AttributeUnreadable", Saying = "RescaleSlope" },
        ["x5"] = new() { Refused = "SequenceMissing", Saying = "SECONDARY" },
        ["y1"] = new() { Center = "B", Series = new Dictionary<string, int> { ["T1_W"] = 5 } },
        ["y4"] = new() { Series = new Dictionary<string, int> { ["T2"] = 20 } },
        ["r_liver_vessels"] = new() { Refused = "StudyHasNoRoi" },
        ["r1"] = new() { Center = "B", Same = ["T1_W"], HasOwnRegion = true },
        ["r2"] = new() { Center = "B", Same = ["T1_W"], HasOwnRegion = true },
        ["w_z2"] = new(),
        ["nf0"] = new(),
        ["bd"] = new(),
        ["q1"] = new() { Refused = "SequenceIncomplete", Saying = "region of interest" },
        ["q2"] = new(),
    };

    /// <summary>The cases of the file; without it those expected, to be skipped.</summary>
    public static TheoryData<string> Cases => [.. TestData.Find("cases/dicom/cases.csv") is { } list
        ? File.ReadLines(list).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[0])
        : s_expected.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_comes_out_right(string name)
    {
        var expected = s_expected[name];
        var center = await InspectAsync(name, expected.Center);
        if (expected.Refused is { } code)
        {
            Assert.Equal("refused", center.GetProperty("outcome").GetString());
            Assert.Equal(code, center.GetProperty("error").GetProperty("code").GetString());
            Assert.Contains(expected.Saying, center.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
            return;
        }

        Assert.True(center.GetProperty("outcome").GetString() == "predicted", $"{center.GetProperty("error")}");
        Assert.All(expected.Series, series => Assert.Equal(series.Value, TakenFor(center, series.Key)));
        var right = Sequences(await InspectAsync(expected.Base, expected.Center));
        var found = Sequences(center);
        foreach (var sequence in expected.Same ?? [.. right.Keys])
        {
            Assert.Equal(right[sequence].GetProperty("volumeSha256").GetString(), found[sequence].GetProperty("volumeSha256").GetString());
            if (expected.HasOwnRegion)
            {
                Assert.Equal(1, found[sequence].GetProperty("roi").GetProperty("components").GetInt32());
                Assert.Equal(0, found[sequence].GetProperty("roi").GetProperty("holes").GetInt32());
            }
            else
            {
                Assert.Equal(right[sequence].GetProperty("roiSha256").GetString(), found[sequence].GetProperty("roiSha256").GetString());
            }
        }
    }

    private static async Task<JsonElement> InspectAsync(string name, string center)
    {
        var result = await CommandLine.RunAsync("inspect", TestData.Require($"cases/dicom/{name}.zip"), "--center", center, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        return Assert.Single(result.Json.GetProperty("centers").EnumerateArray());
    }

    private static Dictionary<string, JsonElement> Sequences(JsonElement center) =>
        center.GetProperty("sequences").EnumerateArray().ToDictionary(sequence => sequence.GetProperty("name").GetString()!);

    private static int TakenFor(JsonElement center, string sequence) => Assert
        .Single(center.GetProperty("selection").EnumerateArray(), one =>
            one.GetProperty("outcome").GetString() == "taken" && one.GetProperty("sequence").GetString() == sequence)
        .GetProperty("seriesNumber").GetInt32();
}
