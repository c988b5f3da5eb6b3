namespace Radiomics.Cli.Tests;

public sealed class CohortTests
{
    private static readonly string s_good = "studyUid,label,patient\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"1.2.3.{i},{i % 2},MRN-{i}\n"));

    private static readonly Dictionary<string, string> s_key = new() { ["Radiomics__UidKey"] = Convert.ToBase64String(new byte[32]) };

    [Fact]
    public async Task A_cohort_without_errors_is_told_in_numbers()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("good.csv"), s_good);

        var result = await CommandLine.RunAsync("cohort", "check", folder.File("good.csv"), "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal((12, 6), (result.Json.GetProperty("studies").GetInt32(), result.Json.GetProperty("positives").GetInt32()));
    }

    [Fact]
    public async Task A_cohort_with_a_study_twice_is_bad_input_with_the_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("bad.csv"), s_good + "1.2.3.1,1,MRN-1\n");

        var result = await CommandLine.RunAsync("cohort", "check", folder.File("bad.csv"));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("14", result.Output);
        Assert.Contains("CohortInvalid", result.Error);
    }

    [Fact]
    public async Task Mapping_leaves_no_original_identifier_and_is_the_same_each_time_under_one_key()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("in.csv"), s_good);

        var first = await CommandLine.RunAsync(s_key, "cohort", "map", folder.File("in.csv"), folder.File("a.csv"), "--center", "A");
        var second = await CommandLine.RunAsync(s_key, "cohort", "map", folder.File("in.csv"), folder.File("b.csv"), "--center", "A");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        var mapped = File.ReadAllText(folder.File("a.csv"));
        Assert.Equal(mapped, File.ReadAllText(folder.File("b.csv")));
        Assert.DoesNotContain("1.2.3.", mapped);
        Assert.DoesNotContain("MRN", mapped);
        Assert.Equal(12, mapped.Split("\n2.25.").Length - 1);
    }

    [Fact]
    public async Task A_cohort_with_errors_is_not_mapped()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("in.csv"), "studyUid,label\n1.2.3,maybe\n");

        var result = await CommandLine.RunAsync(s_key, "cohort", "map", folder.File("in.csv"), folder.File("out.csv"), "--center", "A");

        Assert.Equal(3, result.ExitCode);
        Assert.False(File.Exists(folder.File("out.csv")));
    }

    [Theory]
    [InlineData("""{"outerFolds": 1}""")]
    [InlineData("""{"outerFoldz": 5}""")]
    [InlineData("{")]
    public async Task A_protocol_that_is_none_is_bad_input_before_anything_is_sent(string protocol)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("protocol.json"), protocol);

        var result = await CommandLine.RunAsync("retrain", "--center", "A", "--cohort", "named", "--protocol", folder.File("protocol.json"), "--url", "http://127.0.0.1:1", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("InvalidProtocol", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_retraining_without_a_service_is_unreachable() =>
        Assert.Equal(4, (await CommandLine.RunAsync("retrain", "--center", "A", "--cohort", "named", "--url", "http://127.0.0.1:1")).ExitCode);

    [Theory]
    [InlineData("models", "approve", "r-0", "--center", "A", "--name", "Dr. Example")]
    [InlineData("models", "rollback", "--center", "A", "--name", "Dr. Example", "--reason", "drift")]
    [InlineData("retrain", "--center", "A", "--cohort", "named", "--promote", "sometimes")]
    [InlineData("retrain", "--center", "A", "--cohort", "named", "--local", "--no-wait")]
    public async Task What_a_decision_or_an_order_needs_is_usage(params string[] arguments) =>
        Assert.Equal(2, (await CommandLine.RunAsync(arguments)).ExitCode);
}
