using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Cli.Tests;

public sealed class ExtractTests
{
    [Fact]
    public async Task Json_has_features_diagnostics_settings_and_provenance()
    {
        var (image, mask) = DigitalPhantom();
        var result = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2.15, result.Json.GetProperty("features").GetProperty("stat_mean").GetDouble(), 2);
        Assert.Equal("ibsi-digital", result.Json.GetProperty("settings").GetProperty("name").GetString());
        Assert.Equal(74, result.Json.GetProperty("diagnostics").GetProperty("int_mask_vox_count_reseg_roi").GetDouble());
        Assert.Equal(JsonValueKind.Object, result.Json.GetProperty("diagnostics").GetProperty("undefined").ValueKind);
        Assert.All(
            ["settingsHash", "imageSha256", "maskSha256"],
            name => Assert.Equal(64, result.Json.GetProperty("provenance").GetProperty(name).GetString()!.Length));
        Assert.All(
            ["label", "referenceMaskSha256"], name => Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("provenance").GetProperty(name).ValueKind));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(image))), result.Json.GetProperty("provenance").GetProperty("imageSha256").GetString());
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task A_feature_without_a_value_is_null_with_its_reason()
    {
        using var folder = new TemporaryFolder();
        var (image, mask) = Cube(folder, (_, _, _) => 0);
        var result = await CommandLine.RunAsync("extract", image, mask, "--settings", Settings(folder), "--json", "--label", "1", "--threads", "1");

        Assert.Equal(0, result.ExitCode);
        Assert.NotEmpty(result.Json.GetProperty("diagnostics").GetProperty("undefined").EnumerateObject());
        Assert.All(result.Json.GetProperty("diagnostics").GetProperty("undefined").EnumerateObject(), undefined =>
        {
            Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("features").GetProperty(undefined.Name).ValueKind);
            Assert.EndsWith(".", undefined.Value.GetString());
        });
        Assert.Equal(1, result.Json.GetProperty("provenance").GetProperty("label").GetInt32());
    }

    [Fact]
    public async Task A_label_that_the_mask_does_not_have_is_an_empty_roi()
    {
        using var folder = new TemporaryFolder();
        var (image, mask) = Cube(folder, (x, y, z) => x + y + z);
        var result = await CommandLine.RunAsync("extract", image, mask, "--label", "3", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("EmptyRoi", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("label 3", result.Error);
    }

    [Fact]
    public async Task Image_and_mask_on_different_grids_are_refused()
    {
        using var folder = new TemporaryFolder();
        var (image, _) = Cube(folder, (x, y, z) => x + y + z);
        var other = folder.File("other.nii");
        using (var stream = File.Create(other))
        {
            NiftiFile.Write(stream, new Mask(Grid with { SpacingZ = 4 }, [.. Enumerable.Repeat((byte)1, Grid.Count)]), compress: false);
        }

        var result = await CommandLine.RunAsync("extract", image, other, "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("GridMismatch", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Many_features_are_tables_by_filter_and_family()
    {
        using var folder = new TemporaryFolder();
        var (image, mask) = Cube(folder, (x, y, z) => x * y + z);
        var result = await CommandLine.RunAsync("extract", image, mask, "--settings", Settings(folder));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("│ statistics", result.Output);
        Assert.Contains("│ histogram", result.Output);
        Assert.True(result.Output.IndexOf("│ ih_", StringComparison.Ordinal) < result.Output.IndexOf("│ stat_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Csv_has_a_row_for_each_feature()
    {
        var (image, mask) = DigitalPhantom();
        using var folder = new TemporaryFolder();
        var json = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--json");
        var csv = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--csv", "--case", "phantom");
        var file = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital", "--case", "phantom", "--out", folder.File("features.csv"));

        var lines = csv.Output.TrimEnd().Split('\n');
        Assert.Equal("case,sequence,feature,value", lines[0]);
        Assert.Equal(json.Json.GetProperty("features").EnumerateObject().Count(), lines.Length - 1);
        var mean = Assert.Single(lines, line => line.StartsWith("phantom,image,stat_mean,", StringComparison.Ordinal));
        Assert.Equal(
            json.Json.GetProperty("features").GetProperty("stat_mean").GetDouble(), double.Parse(mean.Split(',')[3], CultureInfo.InvariantCulture));
        Assert.Equal(0, file.ExitCode);
        Assert.Empty(file.Output);
        Assert.Equal(csv.Output, File.ReadAllText(folder.File("features.csv")));
    }

    [Fact]
    public async Task Without_an_option_it_is_a_table()
    {
        var (image, mask) = DigitalPhantom();
        var result = await CommandLine.RunAsync("extract", image, mask, "--settings", "ibsi-digital");

        Assert.Contains("│ stat_mean", result.Output);
        Assert.DoesNotContain("\u001b", result.Output);
    }

    [Fact]
    public async Task Settings_of_an_unknown_name_are_bad_input()
    {
        var (image, mask) = DigitalPhantom();

        Assert.Equal(3, (await CommandLine.RunAsync("extract", image, mask, "--settings", "no-such-settings")).ExitCode);
    }

    [Fact]
    public async Task A_real_dicom_study_gives_the_features_of_its_sequences()
    {
        var result = await CommandLine.RunAsync("extract", TestData.Require("mr_sarcoma/STS_008"), "--center", "research", "--json");

        Assert.Equal(0, result.ExitCode);
        var sequence = Assert.Single(result.Json.GetProperty("sequences").EnumerateObject());
        Assert.True(sequence.Value.GetProperty("features").GetProperty("morph_volume").GetDouble() > 0);
    }

    private static VolumeGeometry Grid { get; } =
        new() { SizeX = 8, SizeY = 8, SizeZ = 6, SpacingX = 1, SpacingY = 1, SpacingZ = 2 };

    /// <summary>An image of which all but the border is the ROI.</summary>
    private static (string Image, string Mask) Cube(TemporaryFolder folder, Func<int, int, int, float> intensity)
    {
        var (voxels, inside) = (new float[Grid.Count], new byte[Grid.Count]);
        for (var i = 0; i < Grid.Count; i++)
        {
            var (x, y, z) = (i % 8, i / 8 % 8, i / 64);
            voxels[i] = intensity(x, y, z);
            inside[i] = x is > 0 and < 7 && y is > 0 and < 7 && z is > 0 and < 5 ? (byte)1 : (byte)0;
        }

        var (image, mask) = (folder.File("image.nii"), folder.File("mask.nii.gz"));
        using (var stream = File.Create(image))
        {
            NiftiFile.Write(stream, new Volume(Grid, voxels), NiftiVersion.Nifti2, compress: false);
        }

        using (var stream = File.Create(mask))
        {
            NiftiFile.Write(stream, new Mask(Grid, inside));
        }

        return (image, mask);
    }

    private static string Settings(TemporaryFolder folder)
    {
        var path = folder.File("settings.json");
        File.WriteAllText(
            path,
            """{"name":"test","discretisation":{"method":"fixedBinNumber","bins":8},"families":["statistics","histogram"]}""");
        return path;
    }

    private static (string Image, string Mask) DigitalPhantom() =>
        (TestData.Require("ibsi1/digital_phantom/image.nii.gz"), TestData.Require("ibsi1/digital_phantom/mask.nii.gz"));
}
