using System.IO.Compression;
using SkiaSharp;

namespace Radiomics.Cli.Tests.Inspect;

public sealed class InspectTests
{
    [Fact]
    public async Task A_phantom_is_shown_with_its_series_regions_and_what_each_center_would_do()
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.RunAsync("inspect", await PhantomAsync(folder), "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, result.Json.GetProperty("schemaVersion").GetInt32());
        var series = result.Json.GetProperty("series").EnumerateArray().ToArray();
        Assert.Equal([2, 3, 4, 5, 100], series.Select(one => one.GetProperty("number").GetInt32()));
        Assert.Equal(
            [.. Enumerable.Repeat("MR Image Storage", 4), "Segmentation Storage"],
            series.Select(one => one.GetProperty("kind").GetString()!));
        var volume = Assert.Single(series[0].GetProperty("volumes").EnumerateArray());
        Assert.Equal(12, volume.GetProperty("images").GetInt32());
        Assert.Equal("axial", volume.GetProperty("orientation").GetString());
        Assert.Equal([32, 32, 12], volume.GetProperty("geometry").GetProperty("size").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal(18, volume.GetProperty("geometry").GetProperty("spacing")[2].GetDouble(), 6);
        Assert.Equal(18, volume.GetProperty("acquisition").GetProperty("sliceThickness").GetDouble(), 6);
        Assert.Equal(0, volume.GetProperty("sliceGap").GetDouble(), 6);

        var region = Assert.Single(result.Json.GetProperty("regions").EnumerateArray());
        Assert.Equal("SEG", region.GetProperty("source").GetString());
        Assert.Equal("SCT 10200004", region.GetProperty("codes")[0].GetString());
        Assert.InRange(region.GetProperty("quality").GetProperty("volumeMl").GetDouble(), 1000, 2000);

        var centers = result.Json.GetProperty("centers").EnumerateArray().ToDictionary(center => center.GetProperty("center").GetString()!);
        Assert.Equal(["A", "B", "research"], centers.Keys);
        Assert.Equal(["predicted", "predicted", "features"], centers.Values.Select(center => center.GetProperty("outcome").GetString()!));
        Assert.Equal("T1_F", centers["A"].GetProperty("modelSequence").GetString());
        Assert.Equal("3.0T", centers["A"].GetProperty("fieldStrength").GetString());
        var taken = centers["A"].GetProperty("selection").EnumerateArray().First(one => one.GetProperty("seriesNumber").GetInt32() == 4);
        Assert.Equal(("T1_F", "taken"), (taken.GetProperty("sequence").GetString(), taken.GetProperty("outcome").GetString()));
        Assert.Contains("imageType", taken.GetProperty("rule").GetProperty("asks").EnumerateArray().Select(asked => asked.GetString()));
        var sequences = centers["A"].GetProperty("sequences").EnumerateArray().ToArray();
        Assert.Equal(["T1_F", "T1_W", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.GetProperty("name").GetString()!));
        Assert.All(sequences, sequence => Assert.Equal(1, sequence.GetProperty("roi").GetProperty("components").GetInt32()));
        Assert.Equal(4, sequences.Select(sequence => sequence.GetProperty("volumeSha256").GetString()).Distinct().Count());
        Assert.Single(sequences.Select(sequence => sequence.GetProperty("roiSha256").GetString()).Distinct());
    }

    [Fact]
    public async Task A_folder_and_its_zip_are_the_same_study()
    {
        using var folder = new TemporaryFolder();
        var zip = await PhantomAsync(folder);
        ZipFile.ExtractToDirectory(zip, folder.File("study"));

        var zipped = await CommandLine.RunAsync("inspect", zip, "--center", "A", "--json");
        var unpacked = await CommandLine.RunAsync("inspect", folder.File("study"), "--center", "A", "--json");
        Assert.Equal(zipped.Output, unpacked.Output);
    }

    [Fact]
    public async Task One_file_is_shown_and_a_refusal_is_an_answer()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(await PhantomAsync(folder), folder.File("study"));
        var result = await CommandLine.RunAsync("inspect", folder.File("study/T1_F/000001.dcm"), "--center", "A", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, Assert.Single(result.Json.GetProperty("series").EnumerateArray()).GetProperty("files").GetInt32());
        var center = Assert.Single(result.Json.GetProperty("centers").EnumerateArray());
        Assert.Equal("refused", center.GetProperty("outcome").GetString());
        Assert.Equal("StudyHasNoRoi", center.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_table_says_what_each_center_would_do()
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.RunAsync("inspect", await PhantomAsync(folder));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Center A: would predict from T1_F at 3.0T.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Center B: would predict from T1_W at 3.0T.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Center research: would extract features; it has no models.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_said_of_the_patient(bool json)
    {
        using var folder = new TemporaryFolder();
        string[] format = json ? ["--json"] : [];
        var result = await CommandLine.RunAsync(["inspect", await PhantomAsync(folder), .. format]);

        Assert.All(["PHANTOM", "t1_vibe", "1.2.840", "2.25."], identity => Assert.DoesNotContain(identity, result.Output + result.Error, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Each_sequence_has_a_picture_with_the_outline_of_the_region()
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.RunAsync("inspect", await PhantomAsync(folder), "--preview", folder.File("pictures"), "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["T1_F.png", "T1_W.png", "T1_in.png", "T1_opp.png"],
            Directory.GetFiles(folder.File("pictures")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (var path in Directory.GetFiles(folder.File("pictures")))
        {
            using var picture = SKBitmap.Decode(path);
            Assert.True(picture.Width >= 640);
            Assert.InRange(picture.Pixels.Count(p => p.Red > 200 && p.Green is > 150 and < 220 && p.Blue < 90), 500, picture.Pixels.Length / 10);
        }

        var sequence = result.Json.GetProperty("centers")[0].GetProperty("sequences")[0];
        Assert.Equal("T1_F.png", sequence.GetProperty("preview").GetString());
    }

    [Theory]
    [InlineData("absent", "FileNotFound")]
    [InlineData("text.zip", "NotAZip")]
    [InlineData("text.txt", "NoDicom")]
    public async Task What_can_not_be_read_is_bad_input(string name, string code)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.zip"), "no archive");
        File.WriteAllText(folder.File("text.txt"), "no image");
        var result = await CommandLine.RunAsync("inspect", folder.File(name), "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(code, result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_center_without_profile_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.RunAsync("inspect", await PhantomAsync(folder), "--center", "Z", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("UnknownCenter", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    private static async Task<string> PhantomAsync(TemporaryFolder folder)
    {
        var path = folder.File("study.zip");
        var made = await CommandLine.RunAsync(
            "phantom", "--center", "A", "--field", "3.0T", "--iron", "12", "--seed", "7", "--size", "32x32x12", "--out", path);
        Assert.Equal(0, made.ExitCode);
        return path;
    }
}
