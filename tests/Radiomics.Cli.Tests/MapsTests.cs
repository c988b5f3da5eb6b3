using Radiomics.Cli.Extract.Maps;
using Radiomics.Extraction;

namespace Radiomics.Cli.Tests;

public sealed class MapsTests : IDisposable
{
    private static readonly VolumeGeometry s_grid = new()
    {
        SizeX = 14,
        SizeY = 12,
        SizeZ = 10,
        SpacingX = 1,
        SpacingY = 1.5,
        SpacingZ = 2,
        Origin = new(-40, 25.5, 610),
        DirectionX = new(0.8, 0.6, 0),
        DirectionY = new(-0.6, 0.8, 0),
        DirectionZ = new(0, 0, 1),
    };

    private readonly TemporaryFolder _folder = new();

    public MapsTests()
    {
        for (var n = 0; n < 2; n++)
        {
            Write(n);
        }

        File.WriteAllText(
            _folder.File("settings.json"),
            """{"name":"test","families":["statistics"],"resampling":{"method":"linear","spacing":[0.8,0.8,1.6]},"filters":[{"type":"log","sigma":2}]}""");
        File.WriteAllLines(_folder.File("cases.csv"), ["case,image,mask", "a/1,i0.nii.gz,m0.nii.gz", "bad,i0.nii.gz,absent.nii.gz", "b,i1.nii.gz,m1.nii.gz"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("3")]
    public async Task Maps_are_files_that_lie_where_the_patient_does(string? margin)
    {
        var result = await RunAsync(margin is null ? [] : ["--maps-margin", margin]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["image.nii.gz", "log_s2.0mm.nii.gz", "mask_intensity.nii.gz", "mask_morphological.nii.gz"],
            Directory.GetFiles(_folder.File("maps")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // The intensity tells where in the patient a voxel lies.
        var image = Read("image");
        var g = image.Geometry;
        Assert.Equal((0.8, 0.8, 1.6), (g.SpacingX, g.SpacingY, g.SpacingZ));
        Assert.Equal(margin is null, g.SizeX * g.SpacingX >= s_grid.SizeX * s_grid.SpacingX);
        for (var (k, seen) = (0, 0); k < g.Count; k++)
        {
            var place = g.ToPatient(k % g.SizeX, k / g.SizeX % g.SizeY, k / g.SizeX / g.SizeY);
            var at = s_grid.ToIndex(place);
            if (at is { X: > 1 and < 12, Y: > 1 and < 10, Z: > 1 and < 8 })
            {
                Assert.Equal(At(place), image.Voxels[k], 1e-2);
                seen++;
            }

            Assert.True(k < g.Count - 1 || seen > 200, $"{seen} voxels lie in the image.");
        }

        var response = Read("log_s2.0mm");
        Assert.True(response.Geometry.IsSameGridAs(g));
        using var mask = File.OpenRead(_folder.File("maps/mask_intensity.nii.gz"));
        var inside = NiftiFile.ReadMask(mask).Voxels;
        Assert.Equal(
            result.Json.GetProperty("features").GetProperty("log_s2.0mm__stat_mean").GetDouble(),
            response.Voxels.Where((_, i) => inside[i] != 0).Average(v => (double)v),
            1e-4);
    }

    [Fact]
    public async Task A_folder_that_has_something_in_it_is_refused()
    {
        await RunAsync();
        var again = await RunAsync();
        Assert.Equal(2, again.ExitCode);
        Assert.Equal("OutputExists", again.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Each_label_has_a_folder_of_its_own_in_one_that_was_empty()
    {
        var first = await RunAsync("--label", "all");
        Assert.Equal(0, first.ExitCode);
        Assert.Equal(["label 1"], Folders());
        Assert.Equal(4, Directory.GetFiles(_folder.File("maps/label 1")).Length);

        var again = await RunAsync("--label", "all");
        Assert.Equal(2, again.ExitCode);
        Assert.Equal("OutputExists", again.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("a,2", "a\u02C2")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData(".", "..")]
    public void Two_names_never_become_one_folder(string one, string other)
    {
        var (first, second) = (MapFolder.PathOf(_folder.Path, one), MapFolder.PathOf(_folder.Path, other));
        Assert.NotEqual(first, second);
        Assert.All([first, second], path => Assert.Equal(Path.GetFullPath(_folder.Path), Path.GetDirectoryName(path)));
    }

    [Fact]
    public async Task A_case_that_fails_leaves_no_folder()
    {
        var result = await RunAsync("--label", "7");
        Assert.Equal("EmptyRoi", result.Json.GetProperty("error").GetProperty("code").GetString());

        File.WriteAllText(_folder.File("settings.json"), """{"name":"test","families":["statistics"],"filters":[{"type":"exponential"}],"reSegmentation":{"lower":1e9}}""");
        result = await RunAsync();
        Assert.Equal("EmptyRoi", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public async Task A_batch_has_a_folder_for_each_case_and_makes_anew_what_is_missing()
    {
        var first = await BatchAsync();
        Assert.Equal(3, first.ExitCode);
        Assert.Equal(["a%2F1", "b"], Folders());

        Directory.Delete(_folder.File("maps/b"), recursive: true);
        var resumed = await BatchAsync("--resume");
        Assert.Equal(1, resumed.Json.GetProperty("reused").GetInt32());
        Assert.Equal(1, resumed.Json.GetProperty("extracted").GetInt32());
        Assert.Equal(["a%2F1", "b"], Folders());
        Assert.Equal(4, Directory.GetFiles(_folder.File("maps/b")).Length);
    }

    [Fact]
    public async Task Cases_of_one_name_never_share_a_folder()
    {
        File.WriteAllLines(_folder.File("cases.csv"), ["ID,Image,Mask", "p,i0.nii.gz,m0.nii.gz", "p,i1.nii.gz,m1.nii.gz"]);

        var result = await BatchAsync();

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("InvalidCases", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("'p' stands for 2", result.Error);
        Assert.False(Directory.Exists(_folder.File("maps")));
    }

    [Theory]
    [InlineData("--maps-margin", "3")]
    [InlineData("--write-maps", "maps", "--maps-margin", "-1")]
    public async Task A_margin_is_one_of_maps(params string[] options)
    {
        var result = await CommandLine.RunAsync(["extract", _folder.File("i0.nii.gz"), _folder.File("m0.nii.gz"), .. options, "--json"]);
        Assert.Equal(2, result.ExitCode);
    }

    private string[] Folders() => [.. Directory.GetDirectories(_folder.File("maps")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private Task<CommandLine> RunAsync(params string[] more) => CommandLine.RunAsync(
        ["extract", _folder.File("i0.nii.gz"), _folder.File("m0.nii.gz"), "--settings", _folder.File("settings.json"), "--write-maps", _folder.File("maps"), "--json", .. more]);

    private Task<CommandLine> BatchAsync(params string[] more) => CommandLine.RunAsync(
        ["extract", "--batch", _folder.File("cases.csv"), "--settings", _folder.File("settings.json"), "--out", _folder.File("out.csv"), "--write-maps", _folder.File("maps"), "--json", .. more]);

    private Volume Read(string name)
    {
        using var file = File.OpenRead(_folder.File($"maps/{name}.nii.gz"));
        return NiftiFile.ReadVolume(file);
    }

    private void Write(int n)
    {
        var (voxels, inside) = (new float[s_grid.Count], new byte[s_grid.Count]);
        for (var i = 0; i < voxels.Length; i++)
        {
            var (x, y, z) = (i % 14, i / 14 % 12, i / 168);
            voxels[i] = (float)At(s_grid.ToPatient(x, y, z)) + n;
            inside[i] = x is > 3 and < 10 && y is > 3 and < 9 && z is > 2 and < 8 ? (byte)1 : (byte)0;
        }

        using var image = File.Create(_folder.File($"i{n}.nii.gz"));
        NiftiFile.Write(image, new Volume(s_grid, voxels));
        using var mask = File.Create(_folder.File($"m{n}.nii.gz"));
        NiftiFile.Write(mask, new Mask(s_grid, inside));
    }

    private static double At(Point3 p) => 3 * (p.X + 40) - 7 * (p.Y - 25.5) + 11 * (p.Z - 610);
}
