using System.Text.Json;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Tests;

public sealed class StabilityTests : IDisposable
{
    private const string Settings = """{"name":"test","discretisation":{"method":"fixedBinNumber","bins":8},"families":["morphology","statistics","histogram"]}""";
    private static readonly VolumeGeometry s_grid = new() { SizeX = 16, SizeY = 15, SizeZ = 10, SpacingX = 1, SpacingY = 1, SpacingZ = 2 };
    private readonly TemporaryFolder _folder = new();

    public StabilityTests()
    {
        File.WriteAllText(_folder.File("settings.json"), Settings);
        File.WriteAllLines(_folder.File("cases.csv"), ["case,image,mask", .. Enumerable.Range(0, 11).Select(i => $"c{i},c{i}.nii.gz,m{i}.nii.gz")]);
        for (var i = 0; i < 11; i++)
        {
            WriteCase(i);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,1", "ICC(1,1)", IccForm.OneWayRandom)]
    [InlineData("2,1", "ICC(2,1)", IccForm.TwoWayRandom)]
    [InlineData("3,1", "ICC(3,1)", IccForm.TwoWayMixed)]
    public async Task A_list_gives_the_correlation_of_what_extraction_gives_of_the_perturbed_images(string option, string name, IccForm form)
    {
        var result = await RunAsync("--batch", "cases.csv", "--repeats", "3", "--chain", "tnv", "--growth", "0.3", "--seed", "5", "--icc", option, "--json");
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        Assert.Equal(name, json.GetProperty("measure").GetString());
        Assert.Equal(11, json.GetProperty("cases").GetProperty("used").GetInt32());
        var perturbations = json.GetProperty("perturbations");
        Assert.Equal("TNV", perturbations.GetProperty("chain").GetString());
        Assert.Equal((5, 3), (perturbations.GetProperty("seed").GetInt32(), perturbations.GetProperty("repeats").GetInt32()));
        Assert.Equal(FeatureExtractor.EngineVersion, json.GetProperty("provenance").GetProperty("engineVersion").GetString());

        // The same by hand, with the engine and the formula alone.
        var settings = ExtractionSettingsFile.Load(_folder.File("settings.json"));
        Assert.Equal(settings.ComputeHash(), json.GetProperty("provenance").GetProperty("settingsHash").GetString());
        var request = new Stability.StabilityRequest(settings, new() { Translation = 0.5, Noise = 1, Volume = 0.3 }, 3, 5, form, 1);
        var values = Enumerable.Range(0, 11).Select(i =>
        {
            var (image, roi) = Read(i);
            var (drawn, seed) = request.For($"c{i}");
            return (double[])[Mean((image, roi)), .. drawn.Select(one => Mean(Perturbations.Apply(image, roi, one, seed)))];
        }).ToArray();
        var expected = Icc.Of(form, values);
        var mean = json.GetProperty("features").GetProperty("stat_mean");
        Assert.Equal(expected.Value, mean.GetProperty("icc").GetDouble());
        Assert.Equal(expected.Lower, mean.GetProperty("lower").GetDouble());
        Assert.Equal(expected.Upper, mean.GetProperty("upper").GetDouble());
        Assert.Equal("excellent", mean.GetProperty("class").GetString());
        Assert.InRange(expected.Value, 0.9, 0.99999);

        double Mean((Volume Image, Mask Roi) one) => FeatureExtractor.Extract(one.Image, one.Roi, settings).Features["stat_mean"]!.Value;
    }

    [Fact]
    public void Cases_share_their_perturbations_where_these_are_the_raters_and_draw_their_own_otherwise()
    {
        var one = new Stability.StabilityRequest(ExtractionSettingsFile.Load(_folder.File("settings.json")), new() { Rotation = 5 }, 4, 5, IccForm.OneWayRandom, 1);
        Assert.NotEqual(one.For("a").Perturbations, one.For("b").Perturbations);
        Assert.Equal(one.For("a").Perturbations, one.For("a").Perturbations);
        Assert.NotEqual(one.For("a").Perturbations, (one with { Seed = 6 }).For("a").Perturbations);
        var two = one with { Form = IccForm.TwoWayRandom };
        Assert.Equal(two.For("a").Perturbations, two.For("b").Perturbations);
        Assert.NotEqual(two.For("a").Seed, two.For("b").Seed);
    }

    [Fact]
    public async Task Features_that_never_vary_or_are_undefined_have_a_reason_instead()
    {
        var result = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--json");
        var features = result.Json.GetProperty("features");

        // The number of grey levels is the same in all; so is the highest.
        var range = features.GetProperty("ih_max");
        Assert.Equal(JsonValueKind.Null, range.GetProperty("icc").ValueKind);
        Assert.Equal(JsonValueKind.Null, range.GetProperty("class").ValueKind);
        Assert.Contains("same value", range.GetProperty("reason").GetString());
        Assert.DoesNotContain("NaN", result.Output);
    }

    [Fact]
    public async Task Neither_jobs_nor_a_second_run_change_a_byte_and_the_csv_says_the_same()
    {
        var one = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--json", "--jobs", "1");
        var three = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--json", "--jobs", "3", "--out", _folder.File("out.csv"));
        Assert.Equal(one.Output, three.Output);
        var lines = File.ReadAllLines(_folder.File("out.csv"));
        var header = lines[0].Split(',');
        var mean = lines.Single(line => line.StartsWith("stat_mean,", StringComparison.Ordinal)).Replace("ICC(1,1)", "ICC(1;1)", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).Split(',');
        Assert.Equal(one.Json.GetProperty("features").GetProperty("stat_mean").GetProperty("icc").GetDouble(), double.Parse(mean[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("1", mean[Array.IndexOf(header, "seed")]);
        Assert.Equal("RTNVC", mean[Array.IndexOf(header, "chain")]);
        Assert.False(File.Exists(_folder.File("out.csv.part")));
    }

    [Fact]
    public async Task A_case_that_can_not_be_used_is_named_and_the_exit_code_tells_it()
    {
        File.Delete(_folder.File("m3.nii.gz"));
        var result = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--json");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(10, result.Json.GetProperty("cases").GetProperty("used").GetInt32());
        var failed = Assert.Single(result.Json.GetProperty("cases").GetProperty("failed").EnumerateArray());
        Assert.Equal(("c3", "FileNotFound"), (failed.GetProperty("case").GetString(), failed.GetProperty("code").GetString()));
        Assert.Equal(10, result.Json.GetProperty("features").GetProperty("stat_mean").GetProperty("cases").GetInt32());
    }

    [Fact]
    public async Task Each_region_of_a_mask_is_a_case_where_several_labels_are_meant()
    {
        foreach (var i in Enumerable.Range(0, 11))
        {
            WriteMask(i, second: true);
        }

        var one = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--label", "1", "--json");
        var each = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--label", "1,2", "--json");
        var all = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--label", "all", "--json");
        Assert.Equal(11, one.Json.GetProperty("cases").GetProperty("used").GetInt32());
        Assert.Equal(22, each.Json.GetProperty("cases").GetProperty("used").GetInt32());
        Assert.Equal(each.Output, all.Output);

        var single = await RunAsync(_folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), "--label", "all");
        Assert.Contains("A single case has one ROI", single.Error);
    }

    [Fact]
    public async Task A_region_that_is_not_there_is_named_with_its_label()
    {
        foreach (var i in Enumerable.Range(0, 10))
        {
            WriteMask(i, second: true);
        }

        var result = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--label", "1,2", "--json");
        var failed = Assert.Single(result.Json.GetProperty("cases").GetProperty("failed").EnumerateArray());
        Assert.Equal(("c10 label 2", "EmptyRoi"), (failed.GetProperty("case").GetString(), failed.GetProperty("code").GetString()));
        Assert.Equal(21, result.Json.GetProperty("cases").GetProperty("used").GetInt32());
    }

    [Fact]
    public async Task A_mask_on_another_grid_is_laid_onto_the_images_where_that_is_wished()
    {
        var coarse = new VolumeGeometry { SizeX = 8, SizeY = 8, SizeZ = 5, SpacingX = 2, SpacingY = 2, SpacingZ = 4 };
        using (var mask = File.Create(_folder.File("coarse.nii.gz")))
        {
            NiftiFile.Write(mask, new Mask(coarse, [.. Enumerable.Range(0, coarse.Count).Select(n => (n % 8) is 2 or 3 or 4 or 5 && (n / 8 % 8) is 2 or 3 or 4 && (n / 64) is 1 or 2 or 3 ? (byte)1 : (byte)0)]));
        }

        var refused = await RunAsync(_folder.File("c1.nii.gz"), _folder.File("coarse.nii.gz"), "--repeats", "2");
        Assert.Contains("GridMismatch", refused.Error);
        var laid = await RunAsync(_folder.File("c1.nii.gz"), _folder.File("coarse.nii.gz"), "--repeats", "2", "--resample-mask", "--json");
        Assert.Equal(0, laid.ExitCode);

        File.WriteAllText(_folder.File("params.yaml"), "setting:\n  correctMask: true\n  binWidth: 5\nfeatureClass:\n  firstorder: [Mean]\n");
        var theirs = await CommandLine.RunAsync("stability", _folder.File("c1.nii.gz"), _folder.File("coarse.nii.gz"), "--params", _folder.File("params.yaml"), "--repeats", "2", "--json");
        Assert.Equal(
            laid.Json.GetProperty("features").GetProperty("stat_mean").GetProperty("value").GetDouble(),
            theirs.Json.GetProperty("features").GetProperty("original_firstorder_Mean").GetProperty("value").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task A_mask_that_correctMask_can_not_bring_onto_the_image_is_refused_as_extract_does()
    {
        var coarse = new VolumeGeometry { SizeX = 8, SizeY = 8, SizeZ = 5, SpacingX = 2, SpacingY = 2, SpacingZ = 4 };
        using (var mask = File.Create(_folder.File("beyond.nii.gz")))
        {
            NiftiFile.Write(mask, new Mask(coarse, [.. Enumerable.Range(0, coarse.Count).Select(n => n % 8 < 4 && (n / 64) is 1 or 2 or 3 ? (byte)1 : (byte)0)]));
        }

        File.WriteAllText(_folder.File("params.yaml"), "setting:\n  correctMask: true\n  binWidth: 5\nfeatureClass:\n  firstorder: [Mean]\n");
        string[] files = [_folder.File("c1.nii.gz"), _folder.File("beyond.nii.gz"), "--params", _folder.File("params.yaml")];
        var extracted = await CommandLine.RunAsync(["extract", .. files]);
        var perturbed = await CommandLine.RunAsync(["stability", .. files, "--repeats", "2"]);

        Assert.Contains("GridMismatch", extracted.Error);
        Assert.Equal(extracted.Error, perturbed.Error);
        Assert.Equal(3, perturbed.ExitCode);
    }

    [Fact]
    public async Task A_case_that_would_take_more_memory_than_allowed_is_refused_and_parameters_have_their_keys()
    {
        var refused = await RunAsync(_folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), "--repeats", "2", "--max-memory", "0.01");
        Assert.Contains("'resampling.spacing'", refused.Error);
        Assert.Contains("may take 5 MB", (await RunAsync(_folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), "--jobs", "2", "--max-memory", "0.01")).Error);

        File.WriteAllText(_folder.File("params.yaml"), "setting:\n  binWidth: 0.00001\nfeatureClass:\n  firstorder: [Entropy]\n");
        string[] theirs = ["--params", _folder.File("params.yaml"), "--repeats", "2"];
        Assert.Contains("'resampledPixelSpacing'", (await CommandLine.RunAsync(["stability", _folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), .. theirs, "--max-memory", "0.01"])).Error);
        Assert.Contains("In the parameter file: ", (await CommandLine.RunAsync(["stability", _folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), .. theirs])).Error);
        var list = await CommandLine.RunAsync(["stability", "--batch", _folder.File("cases.csv"), .. theirs]);
        Assert.Contains("'c0': In the parameter file: ", list.Error);
    }

    [Fact]
    public async Task What_may_not_be_meant_of_a_cases_files_is_a_warning_with_its_name()
    {
        File.Copy(_folder.File("c2.nii.gz"), _folder.File("m2.nii.gz"), overwrite: true);
        var result = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--json");
        Assert.Contains(result.Json.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.StartsWith("c2: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fewer_than_ten_usable_cases_are_refused_and_no_output_is_left()
    {
        var output = _folder.File("out.json");
        File.Delete(_folder.File("m3.nii.gz"));
        File.Delete(_folder.File("m4.nii.gz"));
        var failing = await RunAsync("--batch", "cases.csv", "--repeats", "2", "--json", "--out", output);
        Assert.Equal("TooFewCases", failing.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("Only 9 of 11 cases", failing.Json.GetProperty("error").GetProperty("detail").GetString());

        File.WriteAllLines(_folder.File("few.csv"), File.ReadLines(_folder.File("cases.csv")).Take(10));
        var few = await RunAsync("--batch", "few.csv", "--out", output);
        Assert.Equal(3, few.ExitCode);
        Assert.Contains("The list has 9 cases; an ICC takes at least 10.", few.Error);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task An_interrupted_run_leaves_no_output()
    {
        using var cancellation = new CancellationTokenSource();
        using var error = new StringWriter();
        await cancellation.CancelAsync();
        var code = await RadiomicsTool.RunAsync(
            ["stability", "--batch", _folder.File("cases.csv"), "--settings", _folder.File("settings.json"), "--out", _folder.File("out.json")],
            TextWriter.Null, error, _ => null, cancellation.Token);
        Assert.Equal(130, code);
        Assert.DoesNotContain("out.json", Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_single_case_has_a_dispersion_and_no_correlation()
    {
        var result = await RunAsync(_folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), "--repeats", "6", "--chain", "V", "--growth", "0.4", "--json");
        var json = result.Json;
        Assert.Equal("dispersion", json.GetProperty("measure").GetString());
        Assert.DoesNotContain("icc", result.Output);

        var settings = ExtractionSettingsFile.Load(_folder.File("settings.json"));
        var (image, roi) = Read(1);
        var (drawn, seed) = new Stability.StabilityRequest(settings, new() { Volume = 0.4 }, 6, 1, IccForm.OneWayRandom, 1).For("");
        var values = drawn.Select(one =>
        {
            var (changed, grown) = Perturbations.Apply(image, roi, one, seed);
            return FeatureExtractor.Extract(changed, grown, settings).Features["morph_vol_approx"];
        }).ToArray();
        var volume = json.GetProperty("features").GetProperty("morph_vol_approx");
        var expected = FeatureDispersion.Of(roi.CountInside() * 2.0, values);
        Assert.Equal(roi.CountInside() * 2.0, volume.GetProperty("value").GetDouble());
        Assert.Equal(expected.QuartileCoefficient, volume.GetProperty("quartileCoefficient").GetDouble());
        Assert.Equal(expected.RelativeRange, volume.GetProperty("relativeRange").GetDouble());
        Assert.True(expected.RelativeRange > 0.2);

        var shown = await RunAsync(_folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), "--repeats", "2");
        Assert.Contains("dispersion, no ICC, which takes 10 cases", shown.Output);
    }

    [Theory]
    [InlineData("IMAGE and MASK", "--repeats", "3")]
    [InlineData("IMAGE needs a MASK", "a.nii")]
    [InlineData("excludes IMAGE", "a.nii", "b.nii", "--batch", "cases.csv")]
    [InlineData("a single case has no ICC", "a.nii", "b.nii", "--icc", "3,1")]
    [InlineData("--chain takes letters of RTNVC", "a.nii", "b.nii", "--chain", "RX")]
    [InlineData("--chain takes letters of RTNVC", "a.nii", "b.nii", "--chain", "RR")]
    [InlineData("goes with 'R' in --chain", "a.nii", "b.nii", "--chain", "TN", "--rotation", "3")]
    [InlineData("--repeats must be 2", "a.nii", "b.nii", "--repeats", "1")]
    [InlineData("ends in .csv or .json", "a.nii", "b.nii", "--out", "x.txt")]
    public async Task A_command_line_that_makes_no_sense_is_refused(string sentence, params string[] arguments)
    {
        var result = await CommandLine.RunAsync(["stability", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Error);
    }

    [Fact]
    public async Task A_perturbation_beyond_its_limits_is_refused_before_any_case_is_read()
    {
        var result = await RunAsync("--batch", "absent.csv", "--rotation", "60");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("InvalidPerturbation", result.Error);
    }

    private Task<CommandLine> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        ["stability", "--settings", _folder.File("settings.json"), .. arguments.Select(one => one.EndsWith("cases.csv", StringComparison.Ordinal) || one == "few.csv" ? _folder.File(one) : one)]);

    private (Volume Image, Mask Roi) Read(int number)
    {
        using var image = File.OpenRead(_folder.File($"c{number}.nii.gz"));
        using var mask = File.OpenRead(_folder.File($"m{number}.nii.gz"));
        return (NiftiFile.ReadVolume(image), NiftiFile.ReadMask(mask));
    }

    private void WriteCase(int number)
    {
        var random = new CounterRandom((ulong)number);
        using var image = File.Create(_folder.File($"c{number}.nii.gz"));
        NiftiFile.Write(image, new Volume(s_grid, [.. Enumerable.Range(0, s_grid.Count).Select(n => (float)(50 + 7 * number + n % 16 + 5 * random.Normal((ulong)n)))]));
        WriteMask(number, second: false);
    }

    private void WriteMask(int number, bool second)
    {
        using var mask = File.Create(_folder.File($"m{number}.nii.gz"));
        NiftiFile.Write(mask, new Mask(s_grid, [.. Enumerable.Range(0, s_grid.Count).Select(n =>
            new Point3(n % 16 - 7.5, n / 16 % 15 - 7, (n / 240 - 4.5) * 2).Length <= 4 + number % 3 ? second && n % 16 > 8 ? (byte)2 : (byte)1 : (byte)0)]));
    }
}
