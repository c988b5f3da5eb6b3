using System.Text.Json;
using Radiomics.Cli.Conformance;

namespace Radiomics.Cli.Tests.Conformance;

public sealed class ConformanceTests
{
    private const string Begin = "<!-- conformance -->\n\n";
    private const string End = "\n<!-- end of conformance -->";

    private static string Document => Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Extraction", "CONFORMANCE.md");

    /// <summary><c>RADIOMICS_WRITE_DOCS=1</c> writes the tables instead.</summary>
    [Fact]
    public async Task The_engine_conforms_to_all_of_IBSI_and_the_documents_tables_are_what_the_command_prints()
    {
        var result = await CommandLine.RunAsync("conformance", "--data", RequireAll(), "--markdown");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);

        var document = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, document.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Document, document[..begin] + result.Output + document[end..], TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(document[begin..end], result.Output);
        }
    }

    [Fact]
    public async Task A_value_outside_its_tolerance_is_named_and_fails_and_what_is_missing_is_named()
    {
        using var folder = new TemporaryFolder();
        CopyDigitalPhantom(folder, line => line.EndsWith(";stat_max", StringComparison.Ordinal) ? "7;0.1;stat_max" : line);

        var result = await CommandLine.RunAsync("conformance", "--data", folder.File(""));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("digital phantom: stat_max is 6 instead of 7 ± 0.1.", result.Output);
        Assert.Contains(Path.Combine("ct_phantom", "image.nii.gz"), result.Output);
        Assert.Contains("4.a.1 Gabor", result.Output);
    }

    [Fact]
    public async Task Without_a_table_the_digital_phantom_is_compared_with_the_tools_own_values()
    {
        using var folder = new TemporaryFolder();
        CopyDigitalPhantom(folder, line => line);
        File.Delete(folder.File("ibsi1/reference/dig_phantom.csv"));

        var result = await CommandLine.RunAsync("conformance", "--data", folder.File(""), "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ReferenceValue.Parse(DigitalPhantomReferences.Table.Split('\n')).Count(),
            result.Json.GetProperty("groups")[0].GetProperty("within").GetInt32());
    }

    [Fact]
    public async Task Json_has_every_group_with_its_worst_value()
    {
        using var folder = new TemporaryFolder();
        CopyDigitalPhantom(folder, line => line);

        var result = await CommandLine.RunAsync("conformance", "--data", folder.File(""), "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.True(result.Json.GetProperty("conforms").GetBoolean());
        var groups = result.Json.GetProperty("groups").EnumerateArray().ToArray();
        Assert.Equal(6 + 33 + 18, groups.Length);
        Assert.Equal(482, groups[0].GetProperty("compared").GetInt32());
        Assert.Equal(482, groups[0].GetProperty("within").GetInt32());
        Assert.InRange(groups[0].GetProperty("worst").GetProperty("tolerances").GetDouble(), 0, 1);
        Assert.Equal(JsonValueKind.String, groups[1].GetProperty("missing").ValueKind);
    }

    [Fact]
    public async Task A_folder_without_any_of_the_data_is_bad_input()
    {
        using var folder = new TemporaryFolder();

        var result = await CommandLine.RunAsync("conformance", "--data", folder.File(""), "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("FileNotFound", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("dig", result.Error);
    }

    [Fact]
    public async Task Pictures_show_the_middle_of_each_response_map()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("ibsi2/phantoms"));
        Directory.CreateDirectory(folder.File("ibsi2/response_maps"));
        File.Copy(TestData.Require("ibsi2/phantoms/impulse.nii.gz"), folder.File("ibsi2/phantoms/impulse.nii.gz"));
        File.Copy(TestData.Require("ibsi2/response_maps/4_a_1.nii.gz"), folder.File("ibsi2/response_maps/4_a_1.nii.gz"));

        var result = await CommandLine.RunAsync("conformance", "--data", folder.File(""), "--pictures", folder.File("pictures"));

        Assert.Equal(0, result.ExitCode);
        var picture = Assert.Single(Directory.EnumerateFiles(folder.File("pictures")));
        Assert.Equal("4.a.1.png", Path.GetFileName(picture));
        using var bitmap = SkiaSharp.SKBitmap.Decode(picture);
        // The kernel's center, the brightest voxel of all, lies amid the first plane.
        Assert.Equal(255, bitmap.GetPixel(12 + 4 * 31 + 2, 12 + 22 + 4 * 31 + 2).Red);
    }

    private static string RequireAll()
    {
        TestData.Require("ibsi1/reference");
        return Path.GetDirectoryName(TestData.Require("ibsi2"))!;
    }

    private static void CopyDigitalPhantom(TemporaryFolder folder, Func<string, string> line)
    {
        Directory.CreateDirectory(folder.File("ibsi1/digital_phantom"));
        Directory.CreateDirectory(folder.File("ibsi1/reference"));
        foreach (var name in (string[])["image.nii.gz", "mask.nii.gz"])
        {
            File.Copy(TestData.Require($"ibsi1/digital_phantom/{name}"), folder.File($"ibsi1/digital_phantom/{name}"));
        }

        File.WriteAllLines(folder.File("ibsi1/reference/dig_phantom.csv"), File.ReadLines(TestData.Require("ibsi1/reference/dig_phantom.csv")).Select(line));
    }
}
