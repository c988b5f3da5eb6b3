using Radiomics.Extraction;
using SkiaSharp;

namespace Radiomics.Cli.Tests;

public sealed class PreviewTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_patients_left_is_on_the_right_and_the_back_below_however_the_voxels_lie(bool flipped)
    {
        using var folder = new TemporaryFolder();
        var (image, mask) = Write(folder, flipped);
        var result = await CommandLine.RunAsync("extract", image, mask, "--settings", Settings(folder), "--preview", folder.File("p.png"), "--json");

        Assert.Equal(0, result.ExitCode);
        using var picture = SKBitmap.Decode(folder.File("p.png"));

        // Bright is only what is both left and posterior; the axial plane is the first, three panels of equal width.
        var (left, right) = (picture.Width / 12, picture.Width / 4);
        Assert.True(Grey(right, 0.75) > 200);
        Assert.True(Grey(left, 0.75) < 60);
        Assert.True(Grey(right, 0.35) < 60);

        // The ROI's outline is there.
        Assert.Contains(picture.Pixels, p => p.Red > 200 && p.Green is > 150 and < 220 && p.Blue < 90);

        int Grey(int x, double share) => picture.GetPixel(x + 7, (int)(34 + share * (picture.Width - 48) / 3)).Red;
    }

    [Fact]
    public async Task A_case_that_can_not_be_drawn_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        var (image, mask) = Write(folder, flipped: false);
        var result = await CommandLine.RunAsync("extract", image, mask, "--label", "9", "--settings", Settings(folder), "--preview", folder.File("p.png"), "--json");
        Assert.Equal("EmptyRoi", result.Json.GetProperty("error").GetProperty("code").GetString());

        var (otherGrid, _) = Write(folder, flipped: true);
        File.Move(otherGrid, folder.File("other.nii.gz"));
        (_, mask) = Write(folder, flipped: false);
        result = await CommandLine.RunAsync("extract", folder.File("other.nii.gz"), mask, "--settings", Settings(folder), "--preview", folder.File("p.png"), "--json");
        Assert.Equal("GridMismatch", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.False(File.Exists(folder.File("p.png")));
    }

    private static (string Image, string Mask) Write(TemporaryFolder folder, bool flipped)
    {
        var sign = flipped ? -1 : 1;
        var grid = new VolumeGeometry
        {
            SizeX = 40,
            SizeY = 40,
            SizeZ = 20,
            SpacingX = 1,
            SpacingY = 1,
            SpacingZ = 2,
            DirectionX = new(sign, 0, 0),
            DirectionY = new(0, sign, 0),
        };
        var (voxels, inside) = (new float[grid.Count], new byte[grid.Count]);
        for (var i = 0; i < grid.Count; i++)
        {
            var (x, y) = flipped ? (39 - i % 40, 39 - i / 40 % 40) : (i % 40, i / 40 % 40);
            voxels[i] = x >= 20 && y >= 20 ? 100 : 0;
            inside[i] = x is > 12 and < 28 && y is > 12 and < 28 && i / 1600 is > 4 and < 15 ? (byte)1 : (byte)0;
        }

        var (image, mask) = (folder.File("image.nii.gz"), folder.File("mask.nii.gz"));
        using (var stream = File.Create(image))
        {
            NiftiFile.Write(stream, new Volume(grid, voxels));
        }

        using (var stream = File.Create(mask))
        {
            NiftiFile.Write(stream, new Mask(grid, inside));
        }

        return (image, mask);
    }

    private static string Settings(TemporaryFolder folder)
    {
        var path = folder.File("settings.json");
        File.WriteAllText(path, """{"name":"test","families":["statistics"]}""");
        return path;
    }
}
