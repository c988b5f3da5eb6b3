using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Cli.Tests;

public sealed class PyRadiomicsTests
{
    [Fact]
    public async Task A_parameter_file_gives_the_features_that_it_names_under_pyradiomics_names()
    {
        var result = await ExtractAsync(
            """
            imageType:
              Original: {}
              Square: {binWidth: 2}
            featureClass:
              firstorder: [Mean, Kurtosis]
              glcm:
                - 'Idmn'
            setting:
              binWidth: 1
              weightingNorm: # none
            """);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            [
                "original_firstorder_Kurtosis", "original_firstorder_Mean", "original_glcm_Idmn",
                "square_firstorder_Kurtosis", "square_firstorder_Mean", "square_glcm_Idmn",
            ],
            result.Json.GetProperty("features").EnumerateObject().Select(feature => feature.Name));
        var settings = result.Json.GetProperty("settings");
        Assert.Equal("pyRadiomics", settings.GetProperty("conventions").GetString());
        Assert.Equal(1, settings.GetProperty("discretisation").GetProperty("binSize").GetDouble());
        Assert.Equal(2, settings.GetProperty("filters")[0].GetProperty("discretisation").GetProperty("binSize").GetDouble());
    }

    [Fact]
    public async Task Pyradiomics_naming_alone_is_its_default_extraction_of_107_features()
    {
        var result = await RunAsync("--naming", "pyradiomics");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(107, result.Json.GetProperty("features").EnumerateObject().Count());
        Assert.Equal(25, result.Json.GetProperty("settings").GetProperty("discretisation").GetProperty("binSize").GetDouble());
    }

    [Fact]
    public async Task Ibsi_naming_gives_a_parameter_files_processing_with_ibsi_tags()
    {
        var result = await ExtractAsync("{setting: {binWidth: 1, resegmentRange: [-2, 2], resegmentMode: sigma}, featureClass: {firstorder: []}}", "--naming", "ibsi");

        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Json.GetProperty("features").EnumerateObject(), feature => Assert.StartsWith("stat_", feature.Name));
        Assert.Equal(2, result.Json.GetProperty("settings").GetProperty("reSegmentation").GetProperty("outlierSigma").GetDouble());
    }

    [Fact]
    public async Task What_ibsi_has_no_counterpart_for_is_refused_with_ibsi_naming()
    {
        var result = await ExtractAsync("setting: {voxelArrayShift: 300}", "--naming", "ibsi");

        AssertRefused(result, "UnsupportedParameter", "voxelArrayShift");
    }

    [Theory]
    [InlineData("sigma: [3]", "log-sigma-3-mm-3D_firstorder_Mean")]
    [InlineData("sigma: [3.0]", "log-sigma-3-0-mm-3D_firstorder_Mean")]
    [InlineData("sigma: [0.5]", "log-sigma-0-5-mm-3D_firstorder_Mean")]
    public async Task A_sigma_is_named_as_it_is_written(string sigma, string feature)
    {
        var result = await ExtractAsync($"{{imageType: {{LoG: {{{sigma}}}}}, featureClass: {{firstorder: [Mean]}}}}");

        Assert.Equal([feature], result.Json.GetProperty("features").EnumerateObject().Select(f => f.Name));
    }

    [Theory]
    [InlineData("voxelSetting: {kernelRadius: 17}", "kernelRadius")]
    [InlineData("setting: {level: 9}", "level")]
    [InlineData("setting: {start_level: 9}", "start_level")]
    [InlineData("imageType: {LBP2D: {lbp2DSamples: 32}}", "lbp2DSamples")]
    [InlineData("imageType: {LBP2D: {lbp2DRadius: 1001}}", "lbp2DRadius")]
    [InlineData("imageType: {LBP3D: {lbp3DLevels: 33}}", "lbp3DLevels")]
    [InlineData("imageType: {LBP3D: {lbp3DIcosphereRadius: 1001}}", "lbp3DIcosphereRadius")]
    [InlineData("setting: {lbp3DIcosphereSubdivision: 6}", "lbp3DIcosphereSubdivision")]
    [InlineData("setting: {binCount: 65536}", "binCount")]
    [InlineData("setting: {distances: [17]}", "distances")]
    [InlineData("imageType: {Wavelet: {force2D: true}}", "force2D")]
    public async Task A_setting_that_cannot_be_honoured_is_named(string parameters, string setting) =>
        AssertRefused(await ExtractAsync(parameters), "UnsupportedParameter", $"'{setting}'");

    [Theory]
    [InlineData("setting: {binwidth: 25}", "'binwidth'")]
    [InlineData("setting: {binWidth: wide}", "'binWidth'")]
    [InlineData("setting: {binWidth: '25'}", "'binWidth'")]
    [InlineData("setting: {force2D: 1}", "'force2D'")]
    [InlineData("setting: {distances: 1}", "'distances'")]
    [InlineData("imageType: {Sharpened: {}}", "'Sharpened'")]
    [InlineData("imageType: {LoG: {}}", "'LoG'")]
    [InlineData("featureClass: {glcm: [Sharpness]}", "'Sharpness'")]
    [InlineData("settings: {binWidth: 25}", "'settings'")]
    [InlineData("voxelSetting: {kernelRadius: 0}", "'kernelRadius'")]
    [InlineData("voxelSetting: {voxelBatch: 0}", "'voxelBatch'")]
    [InlineData("voxelSetting: {maskedKernel: 1}", "'maskedKernel'")]
    [InlineData("voxelSetting: {initValue: none}", "'initValue'")]
    [InlineData("voxelSetting: {binWidth: 5}", "'binWidth'")]
    [InlineData("setting: {wavelet: mexh}", "'wavelet'")]
    [InlineData("setting: {interpolator: 11}", "'interpolator'")]
    [InlineData("setting: {distances: [1, 1]}", "'distances'")]
    [InlineData("setting: {binCount: 0}", "'binCount'")]
    [InlineData("setting:\n  force2D: true\n  binWidth: wide", "(line 3, column 13)")]
    [InlineData("imageType: {Square: {}, Original: {}}\nsetting: {gldm_a: 70000}", "'gldm_a'")]
    [InlineData("setting: {binWidth: 25", "line 2")]
    [InlineData("setting: {binWidth: 25, binWidth: 5}", "line 1")]
    public async Task A_mistake_in_a_parameter_file_is_named(string parameters, string part) =>
        AssertRefused(await ExtractAsync(parameters), "InvalidParameters", part);

    [Fact]
    public async Task A_voxel_setting_writes_a_map_of_each_feature_beside_the_roi_s_features()
    {
        using var folder = new TemporaryFolder();
        var result = await ExtractAsync(
            """
            imageType: {Original: {}, Square: {}}
            featureClass: {firstorder: [Mean], gldm: [LargeDependenceEmphasis], shape: [MeshVolume]}
            setting: {binWidth: 1}
            voxelSetting: {kernelRadius: 2, maskedKernel: true, initValue: nan, voxelBatch: 100}
            """,
            "--write-maps",
            folder.File("maps"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(5, result.Json.GetProperty("features").EnumerateObject().Count());
        Assert.Equal(
            [
                "image.nii.gz", "mask_intensity.nii.gz", "mask_morphological.nii.gz", "original_firstorder_Mean.nii.gz", "original_gldm_LargeDependenceEmphasis.nii.gz",
                "square.nii.gz", "square_firstorder_Mean.nii.gz", "square_gldm_LargeDependenceEmphasis.nii.gz",
            ],
            Directory.GetFiles(folder.File("maps")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var file = File.OpenRead(folder.File("maps/original_firstorder_Mean.nii.gz"));
        var map = NiftiFile.ReadVolume(file);
        Assert.Equal(74, map.Voxels.Count(float.IsFinite));
        var voxels = result.Json.GetProperty("settings").GetProperty("pyRadiomics").GetProperty("voxels");
        Assert.Equal(2, voxels.GetProperty("kernelRadius").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, voxels.GetProperty("initialValue").ValueKind);
    }

    [Theory]
    [InlineData("voxelSetting:")]
    [InlineData("voxelSetting: {kernelRadius: 1}")]
    public async Task Without_a_folder_for_them_maps_of_features_are_a_usage_error(string parameters)
    {
        var result = await ExtractAsync(parameters);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--write-maps", result.Json.GetProperty("error").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task In_a_list_each_case_has_its_maps_of_features_in_a_folder_of_its_own()
    {
        using var folder = new TemporaryFolder();
        string[] list = ["extract", "--batch", Cases(folder), "--params", folder.File("Params.yaml"), "--out", folder.File("out.jsonl"), "--json"];
        File.WriteAllText(folder.File("Params.yaml"), "{featureClass: {firstorder: [Mean]}, setting: {binWidth: 1}, voxelSetting: {}}");

        Assert.Equal(2, (await CommandLine.RunAsync(list)).ExitCode);
        Assert.False(File.Exists(folder.File("out.jsonl")));
        Assert.Equal(0, (await CommandLine.RunAsync([.. list, "--write-maps", folder.File("maps")])).ExitCode);
        Assert.Equal(
            ["a/original_firstorder_Mean.nii.gz", "b/original_firstorder_Mean.nii.gz"],
            Directory.GetFiles(folder.File("maps"), "original_*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.File("maps"), file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task There_is_no_stability_of_maps_of_features()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("Params.yaml"), "{featureClass: {firstorder: [Mean]}, voxelSetting: {}}");
        string[] parameters = ["--params", folder.File("Params.yaml"), "--repeats", "2"];
        var (image, mask) = Phantom();
        var single = await CommandLine.RunAsync(["stability", image, mask, .. parameters]);
        var list = await CommandLine.RunAsync(["stability", "--batch", Cases(folder), .. parameters]);

        Assert.Equal((2, 2), (single.ExitCode, list.ExitCode));
        Assert.Contains("voxelSetting", single.Error);
        Assert.Contains("voxelSetting", list.Error);
    }

    [Fact]
    public async Task A_mask_on_another_grid_is_corrected_where_the_parameters_say_so()
    {
        // The middle one of 3 × 3 × 3 voxels of 2 mm lies over eight of the image's.
        using var folder = new TemporaryFolder();
        var fine = new VolumeGeometry { SizeX = 6, SizeY = 6, SizeZ = 6, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var coarse = new VolumeGeometry { SizeX = 3, SizeY = 3, SizeZ = 3, SpacingX = 2, SpacingY = 2, SpacingZ = 2, Origin = new(0.5, 0.5, 0.5) };
        using (FileStream image = File.Create(folder.File("image.nii.gz")), mask = File.Create(folder.File("mask.nii.gz")))
        {
            NiftiFile.Write(image, new Volume(fine, [.. Enumerable.Range(0, 216).Select(i => (float)i)]));
            NiftiFile.Write(mask, new Mask(coarse, [.. Enumerable.Range(0, 27).Select(i => (byte)(i == 13 ? 1 : 0))]));
        }

        var corrected = await RunAsync(true);
        Assert.Equal(8, corrected.Json.GetProperty("features").GetProperty("original_shape_VoxelVolume").GetDouble(), 1e-9);
        Assert.Equal(107.5, corrected.Json.GetProperty("features").GetProperty("original_firstorder_Mean").GetDouble(), 1e-9);
        AssertRefused(await RunAsync(false), "GridMismatch", "correctMask");

        Task<CommandLine> RunAsync(bool corrects)
        {
            File.WriteAllText(
                folder.File("Params.yaml"), $"{{setting: {{correctMask: {(corrects ? "true" : "false")}}}, featureClass: {{firstorder: [Mean], shape: [VoxelVolume]}}}}");
            return CommandLine.RunAsync("extract", folder.File("image.nii.gz"), folder.File("mask.nii.gz"), "--params", folder.File("Params.yaml"), "--json");
        }
    }

    [Fact]
    public async Task All_of_pyradiomics_image_types_and_interpolators_are_taken()
    {
        var result = await ExtractAsync(
            """
            imageType:
              Wavelet: {wavelet: sym4, start_level: 1, level: 2}
              Gradient: {gradientUseSpacing: false}
              LBP2D: {lbp2DRadius: 1.5, lbp2DMethod: ror}
              LBP3D: {lbp3DLevels: 1}
            featureClass: {firstorder: [Maximum]}
            setting: {interpolator: 9, resampledPixelSpacing: [1.5, 1.5, 1.5], correctMask: true, binCount: 1}
            """);

        Assert.Equal(0, result.ExitCode);
        string[] bands = ["LLH", "LHL", "LHH", "HLL", "HLH", "HHL", "HHH"];
        Assert.Equal<HashSet<string>>(
            [
                .. bands.Select(band => $"wavelet-{band}_firstorder_Maximum"), "wavelet2-LLL_firstorder_Maximum",
                .. bands.Select(band => $"wavelet2-{band}_firstorder_Maximum"), "gradient_firstorder_Maximum", "lbp-2D_firstorder_Maximum",
                "lbp-3D-m1_firstorder_Maximum", "lbp-3D-k_firstorder_Maximum",
            ],
            result.Json.GetProperty("features").EnumerateObject().Select(feature => feature.Name).ToHashSet());
        var settings = result.Json.GetProperty("settings");
        Assert.Equal("lanczosSinc", settings.GetProperty("resampling").GetProperty("method").GetString());
        Assert.Equal("sym4", settings.GetProperty("filters")[0].GetProperty("wavelet").GetString());
        Assert.Equal((1, 2), (Special(0).GetProperty("startLevel").GetInt32(), Special(0).GetProperty("levels").GetInt32()));
        Assert.False(Special(1).GetProperty("gradientPerMillimetre").GetBoolean());
        Assert.Equal((1.5, "ror"), (Special(2).GetProperty("lbp2DRadius").GetDouble(), Special(2).GetProperty("lbp2DMethod").GetString()));
        Assert.Equal(1, Special(3).GetProperty("lbp3DLevels").GetInt32());
        Assert.True(settings.GetProperty("pyRadiomics").GetProperty("correctMask").GetBoolean());

        JsonElement Special(int filter) => settings.GetProperty("filters")[filter].GetProperty("pyRadiomics");
    }

    [Theory]
    [InlineData("sitkNearestNeighbor", 1, InterpolationMethod.Nearest)]
    [InlineData("sitkLinear", 2, InterpolationMethod.Linear)]
    [InlineData("sitkBSpline", 3, InterpolationMethod.CubicSpline)]
    [InlineData("sitkGaussian", 4, InterpolationMethod.Gaussian)]
    [InlineData("sitkLabelGaussian", 5, InterpolationMethod.LabelGaussian)]
    [InlineData("sitkHammingWindowedSinc", 6, InterpolationMethod.HammingSinc)]
    [InlineData("sitkCosineWindowedSinc", 7, InterpolationMethod.CosineSinc)]
    [InlineData("sitkWelchWindowedSinc", 8, InterpolationMethod.WelchSinc)]
    [InlineData("sitkLanczosWindowedSinc", 9, InterpolationMethod.LanczosSinc)]
    [InlineData("sitkBlackmanWindowedSinc", 10, InterpolationMethod.BlackmanSinc)]
    public void An_interpolator_is_known_by_name_and_number(string name, int number, InterpolationMethod method)
    {
        Assert.Equal(method, Read(name));
        Assert.Equal(method, Read($"{number}"));

        static InterpolationMethod Read(string interpolator) => PyRadiomics.ParameterFile.Read(
            new StringReader($"setting: {{interpolator: {interpolator}, resampledPixelSpacing: [1, 1, 1]}}")).Settings.Resampling.Method;
    }

    [Fact]
    public async Task Gradients_are_per_voxel_unless_they_use_the_spacing()
    {
        // The phantom's voxels are 2 mm wide.
        Assert.Equal(2 * await MaximumAsync("{}"), await MaximumAsync("{gradientUseSpacing: false}"), 1e-5);

        static async Task<double> MaximumAsync(string gradient) =>
            (await ExtractAsync($"{{imageType: {{Gradient: {gradient}}}, featureClass: {{firstorder: [Maximum]}}}}")).Json.GetProperty("features").GetProperty("gradient_firstorder_Maximum").GetDouble();
    }

    [Fact]
    public async Task Two_dimensions_alone_ask_for_no_shape_in_a_slice()
    {
        var result = await ExtractAsync("setting: {force2D: true}");
        Assert.Equal(107, result.Json.GetProperty("features").EnumerateObject().Count());
        Assert.DoesNotContain(result.Json.GetProperty("features").EnumerateObject(), feature => feature.Name.Contains("shape2D", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 6.5)]
    public async Task A_channel_of_the_mask_is_the_roi(int channel, double mean)
    {
        using var folder = new TemporaryFolder();
        WriteChannels(folder);
        File.WriteAllText(folder.File("Params.yaml"), $"{{setting: {{label_channel: {channel}}}, featureClass: {{firstorder: [Mean]}}}}");
        var result = await CommandLine.RunAsync("extract", folder.File("image.nrrd"), folder.File("mask.nrrd"), "--params", folder.File("Params.yaml"), "--json");

        Assert.Equal(mean, result.Json.GetProperty("features").GetProperty("original_firstorder_Mean").GetDouble());
    }

    [Theory]
    [InlineData("{}", "It has 2 volumes")]
    [InlineData("{label_channel: 2}", "It has no volume 2")]
    public async Task A_mask_of_several_channels_has_one_named_that_is_there(string setting, string part)
    {
        using var folder = new TemporaryFolder();
        WriteChannels(folder);
        File.WriteAllText(folder.File("Params.yaml"), $"setting: {setting}");
        AssertRefused(
            await CommandLine.RunAsync("extract", folder.File("image.nrrd"), folder.File("mask.nrrd"), "--params", folder.File("Params.yaml"), "--json"), "InvalidImage", part);
    }

    [Fact]
    public async Task A_channel_in_a_list_of_cases_goes_before_the_parameter_files()
    {
        using var folder = new TemporaryFolder();
        WriteChannels(folder);
        File.WriteAllText(folder.File("Params.yaml"), "{setting: {label_channel: 0}, featureClass: {firstorder: [Mean]}}");
        File.WriteAllText(folder.File("cases.csv"), "ID,Image,Mask,Label,Label_channel\na,image.nrrd,mask.nrrd,1,1\nb,image.nrrd,mask.nrrd,1,\n");
        await CommandLine.RunAsync("extract", "--batch", folder.File("cases.csv"), "--params", folder.File("Params.yaml"), "--out", folder.File("out.jsonl"));

        Assert.Equal(
            [6.5, 4],
            File.ReadLines(folder.File("out.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("features").GetProperty("original_firstorder_Mean").GetDouble()));
    }

    [Fact]
    public async Task The_first_channel_of_a_mask_that_has_no_more_is_the_mask() =>
        Assert.Equal(0, (await ExtractAsync("{setting: {label_channel: 0}, featureClass: {firstorder: [Mean]}}")).ExitCode);

    [Fact]
    public async Task Spacings_of_zero_crop_the_image_and_resample_nothing()
    {
        const string Rest = "padDistance: 0}, imageType: {Gradient: {}}, featureClass: {firstorder: [Mean]}}";
        var zeros = await ExtractAsync("{setting: {resampledPixelSpacing: [0, 0, 0], " + Rest);
        var cropped = await ExtractAsync("{setting: {preCrop: true, " + Rest);
        var whole = await ExtractAsync("{setting: {resampledPixelSpacing: [0, 0, 0], interpolator: null, " + Rest);

        Assert.Equal(Mean(cropped), Mean(zeros));
        Assert.False(whole.Json.GetProperty("settings").GetProperty("pyRadiomics").TryGetProperty("preCrop", out var crops) && crops.GetBoolean());

        static double Mean(CommandLine result) => result.Json.GetProperty("features").GetProperty("gradient_firstorder_Mean").GetDouble();
    }

    [Fact]
    public async Task What_the_engine_finds_in_a_list_of_cases_is_said_of_the_parameter_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("Params.yaml"), "setting: {binWidth: 0.000001}");
        var (image, mask) = Phantom();
        File.WriteAllText(folder.File("cases.csv"), $"image,mask\n{image},{mask}\n");
        var result = await CommandLine.RunAsync("extract", "--batch", folder.File("cases.csv"), "--params", folder.File("Params.yaml"), "--out", folder.File("out.jsonl"));

        Assert.Equal(3, result.ExitCode);
        var error = JsonDocument.Parse(File.ReadAllText(folder.File("out.jsonl"))).RootElement.GetProperty("error");
        Assert.Equal("InvalidParameters", error.GetProperty("code").GetString());
        Assert.StartsWith("In the parameter file: ", error.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Settings_and_parameters_exclude_each_other() =>
        Assert.Equal(2, (await RunAsync("--settings", "ibsi-c", "--naming", "pyradiomics")).ExitCode);

    /// <summary>A list of the phantom, twice.</summary>
    private static string Cases(TemporaryFolder folder)
    {
        var (image, mask) = Phantom();
        File.WriteAllText(folder.File("cases.csv"), $"case,image,mask\na,{image},{mask}\nb,{image},{mask}\n");
        return folder.File("cases.csv");
    }

    /// <summary>An image of 3 × 3 voxels from 1 to 9, and a mask of two channels: the first seven voxels, and the last six.</summary>
    private static void WriteChannels(TemporaryFolder folder)
    {
        const string Grid = "space: left-posterior-superior\nspace origin: (0,0,0)\nencoding: ascii\n";
        File.WriteAllText(
            folder.File("image.nrrd"),
            $"NRRD0004\ntype: short\ndimension: 3\nsizes: 3 3 1\nspace directions: (1,0,0) (0,1,0) (0,0,1)\n{Grid}\n1 2 3 4 5 6 7 8 9\n");
        File.WriteAllText(
            folder.File("mask.nrrd"),
            "NRRD0004\ntype: uchar\ndimension: 4\nsizes: 2 3 3 1\nspace directions: none (1,0,0) (0,1,0) (0,0,1)\nkinds: list domain domain domain\n"
            + $"{Grid}\n1 0 1 0 1 0 1 1 1 1 1 1 1 1 0 1 0 1\n");
    }

    private static void AssertRefused(CommandLine result, string code, string part)
    {
        Assert.Equal(3, result.ExitCode);
        var error = result.Json.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains(part, error.GetProperty("detail").GetString());
    }

    private static async Task<CommandLine> ExtractAsync(string parameters, params string[] more)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("Params.yaml");
        await File.WriteAllTextAsync(file, parameters, TestContext.Current.CancellationToken);
        return await RunAsync(["--params", file, .. more]);
    }

    private static Task<CommandLine> RunAsync(params string[] options)
    {
        var (image, mask) = Phantom();
        return CommandLine.RunAsync(["extract", image, mask, .. options, "--json"]);
    }

    private static (string Image, string Mask) Phantom() =>
        (TestData.Require("ibsi1/digital_phantom/image.nii.gz"), TestData.Require("ibsi1/digital_phantom/mask.nii.gz"));
}
