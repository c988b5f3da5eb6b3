using System.IO.Compression;

namespace Radiomics.Cli.Tests;

public sealed class PhantomTests
{
    [Fact]
    public async Task The_same_options_write_the_same_zip()
    {
        using var folder = new TemporaryFolder();
        string[] options = ["phantom", "--center", "A", "--field", "3.0T", "--iron", "12", "--seed", "7", "--size", "32x32x12", "--json", "--out"];
        var first = await CommandLine.RunAsync([.. options, folder.File("1.zip")]);
        await CommandLine.RunAsync([.. options, folder.File("2.zip")]);

        Assert.Equal(0, first.ExitCode);
        Assert.Equal(["T1_F", "T1_W", "T1_in", "T1_opp"], first.Json.GetProperty("sequences").EnumerateArray().Select(s => s.GetString()!));
        Assert.Equal(File.ReadAllBytes(folder.File("1.zip")), File.ReadAllBytes(folder.File("2.zip")));
        using var zip = ZipFile.OpenRead(folder.File("1.zip"));
        Assert.Equal(4 * 12 + 1, zip.Entries.Count);
    }

    [Theory]
    [InlineData("--field", "7T")]
    [InlineData("--size", "32x32")]
    public async Task An_option_out_of_its_range_is_usage(string option, string value)
    {
        var arguments = new Dictionary<string, string> { ["--center"] = "A", ["--field"] = "3.0T", ["--iron"] = "12", ["--out"] = "x.zip" };
        arguments[option] = value;

        Assert.Equal(2, (await CommandLine.RunAsync(["phantom", .. arguments.SelectMany(a => new[] { a.Key, a.Value })])).ExitCode);
    }

    [Fact]
    public async Task A_center_without_protocol_is_bad_input()
    {
        var result = await CommandLine.RunAsync("phantom", "--center", "Z", "--field", "3.0T", "--iron", "12", "--out", "x.zip", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("UnknownPhantomProtocol", result.Json.GetProperty("error").GetProperty("code").GetString());
    }
}
