using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Cli.Tests;

public sealed class BatchTests : IDisposable
{
    private static readonly VolumeGeometry s_grid = new() { SizeX = 6, SizeY = 5, SizeZ = 4, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
    private readonly TemporaryFolder _folder = new();

    public BatchTests()
    {
        var cases = new List<string> { "case,image,mask,label,center" };
        for (var i = 0; i < 5; i++)
        {
            WriteCase(i);
            cases.Add(i == 0 ? "missing,c0.nii.gz,absent.nii.gz,1,A" : $"c{i},c{i}.nii.gz,m{i}.nii.gz,{(i == 2 ? 9 : 1)},A");
        }

        File.WriteAllLines(_folder.File("cases.csv"), cases);
        File.WriteAllText(
            _folder.File("settings.json"),
            """{"name":"test","discretisation":{"method":"fixedBinNumber","bins":8},"families":["statistics","histogram"]}""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_warning_stands_in_each_output_and_on_the_terminal()
    {
        File.WriteAllText(
            _folder.File("settings.json"),
            """{"name":"test","discretisation":{"method":"fixedBinNumber","bins":8},"families":["statistics"],"filters":[{"type":"log","sigma":0.5}]}""");
        var lines = await RunAsync("out.jsonl");
        await RunAsync("out.csv");
        var single = await CommandLine.RunAsync(
            "extract", _folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), "--settings", _folder.File("settings.json"), "--json");

        var warning = single.Json.GetProperty("diagnostics").GetProperty("warnings")[0].GetString()!;
        Assert.StartsWith("LoG with σ 0.5 mm is narrower than the voxels can carry", warning);
        Assert.Contains($"Warning: {warning}", single.Error);
        Assert.Contains($"c1: extracted. Warning: {warning}", lines.Error);
        Assert.Equal(warning, JsonDocument.Parse(Lines("out.jsonl")[1]).RootElement.GetProperty("diagnostics").GetProperty("warnings")[0].GetString());
        Assert.Contains(",error_detail,warnings,", Lines("out.csv")[0]);
        Assert.Contains(warning, Lines("out.csv")[2]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task The_output_is_in_the_order_of_the_cases_whatever_the_number_of_jobs(string type)
    {
        var one = await RunAsync($"one.{type}", "--jobs", "1");
        var three = await RunAsync($"three.{type}", "--jobs", "3");

        Assert.Equal(3, one.ExitCode);
        Assert.Equal(3, three.ExitCode);
        Assert.Equal(Lines($"one.{type}"), Lines($"three.{type}"));
        Assert.Equal((type == "csv" ? 1 : 0) + 5, Lines($"one.{type}").Length);
        Assert.Equal(3, one.Json.GetProperty("extracted").GetInt32());
        Assert.Equal(2, one.Json.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task A_bad_case_has_a_row_with_its_code_and_stops_no_other()
    {
        await RunAsync("out.jsonl");
        var rows = Lines("out.jsonl").Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(["missing", "c1", "c2", "c3", "c4"], rows.Select(row => row.GetProperty("case").GetString()));
        Assert.Equal("FileNotFound", rows[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("EmptyRoi", rows[2].GetProperty("error").GetProperty("code").GetString());
        var single = await CommandLine.RunAsync(
            "extract", _folder.File("c1.nii.gz"), _folder.File("m1.nii.gz"), "--label", "1", "--settings", _folder.File("settings.json"), "--json");
        Assert.All(
            ["features", "diagnostics", "settings", "provenance"],
            name => Assert.True(JsonElement.DeepEquals(single.Json.GetProperty(name), rows[1].GetProperty(name))));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task A_torn_output_is_repaired_and_complete_rows_are_not_computed_again(string type)
    {
        await RunAsync($"whole.{type}");
        var whole = File.ReadAllBytes(_folder.File($"whole.{type}"));
        File.WriteAllBytes(_folder.File($"torn.{type}"), whole[..^20]);
        var resumed = await RunAsync($"torn.{type}", "--resume");

        Assert.Equal(whole, File.ReadAllBytes(_folder.File($"torn.{type}")));
        Assert.Equal(2, resumed.Json.GetProperty("reused").GetInt32());
        Assert.Equal(1, resumed.Json.GetProperty("extracted").GetInt32());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task A_row_of_another_image_or_other_settings_is_computed_again(string type)
    {
        await RunAsync($"out.{type}");
        WriteCase(3, add: 5);
        var changedImage = await RunAsync($"out.{type}", "--resume");
        Assert.Equal((2, 1), Counts(changedImage));

        File.WriteAllText(_folder.File("settings.json"), File.ReadAllText(_folder.File("settings.json")).Replace("8", "9"));
        var changedSettings = await RunAsync($"out.{type}", "--resume");
        Assert.Equal((0, 3), Counts(changedSettings));
        await RunAsync($"fresh.{type}");
        Assert.Equal(Lines($"fresh.{type}"), Lines($"out.{type}"));

        static (int Reused, int Extracted) Counts(CommandLine result) =>
            (result.Json.GetProperty("reused").GetInt32(), result.Json.GetProperty("extracted").GetInt32());
    }

    [Fact]
    public async Task A_list_that_grew_keeps_its_rows()
    {
        var cases = File.ReadAllLines(_folder.File("cases.csv"));
        await RunAsync("out.csv");
        File.WriteAllLines(_folder.File("cases.csv"), [cases[0], "new,c0.nii.gz,m0.nii.gz,1,B", .. cases[1..]]);
        var result = await RunAsync("out.csv", "--resume");

        Assert.Equal(3, result.Json.GetProperty("reused").GetInt32());
        Assert.Equal(1, result.Json.GetProperty("extracted").GetInt32());
        Assert.StartsWith("new,", Lines("out.csv")[1]);
    }

    [Fact]
    public async Task An_output_that_is_there_is_not_overwritten()
    {
        File.WriteAllText(_folder.File("out.csv"), "precious");
        var result = await RunAsync("out.csv");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("OutputExists", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("precious", File.ReadAllText(_folder.File("out.csv")));
    }

    [Theory]
    [InlineData("cases.csv")]
    [InlineData("cases.jsonl")]
    public async Task A_file_that_is_no_output_of_a_batch_is_not_resumed(string file)
    {
        var before = File.ReadAllBytes(_folder.File("cases.csv"));
        File.WriteAllBytes(_folder.File(file), before);
        var result = await RunAsync(file, "--resume");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("OutputNotOurs", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(before, File.ReadAllBytes(_folder.File(file)));
    }

    [Fact]
    public async Task Two_batches_do_not_write_one_file()
    {
        await RunAsync("out.csv");
        var before = File.ReadAllBytes(_folder.File("out.csv"));
        using (new FileStream(_folder.File("out.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var result = await RunAsync("out.csv", "--resume");
            Assert.Equal(1, result.ExitCode);
            Assert.Equal("OutputInUse", result.Json.GetProperty("error").GetProperty("code").GetString());
        }

        Assert.Equal(before, File.ReadAllBytes(_folder.File("out.csv")));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task A_row_of_another_reference_mask_is_computed_again(string type)
    {
        File.WriteAllText(
            _folder.File("settings.json"),
            """{"name":"test","normalisation":{"method":"referenceRegion"},"discretisation":{"method":"fixedBinNumber","bins":8},"families":["statistics"]}""");
        File.Copy(_folder.File("m1.nii.gz"), _folder.File("region.nii.gz"));
        string[] region = ["--reference-mask", _folder.File("region.nii.gz")];
        Assert.Equal(3, (await RunAsync($"out.{type}", region)).Json.GetProperty("extracted").GetInt32());
        Assert.Equal(3, (await RunAsync($"out.{type}", ["--resume", .. region])).Json.GetProperty("reused").GetInt32());
        var before = Lines($"out.{type}");

        WriteMask("region.nii.gz", outside: 3);
        Assert.Equal(3, (await RunAsync($"out.{type}", ["--resume", .. region])).Json.GetProperty("extracted").GetInt32());
        Assert.NotEqual(before[^1], Lines($"out.{type}")[^1]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task Rows_behind_a_changed_one_survive_an_interruption(string type)
    {
        await RunAsync($"out.{type}");
        var whole = File.ReadAllBytes(_folder.File($"out.{type}"));
        var first = whole.AsSpan().IndexOf("missing"u8);
        if (type == "jsonl")
        {
            first = 0;
        }

        // As a resumed batch leaves them that is killed when it has just cut the file at its first row.
        File.WriteAllBytes(_folder.File($"out.{type}.rest"), whole[first..]);
        File.WriteAllBytes(_folder.File($"out.{type}"), whole[..first]);
        var resumed = await RunAsync($"out.{type}", "--resume");

        Assert.Equal(3, resumed.Json.GetProperty("reused").GetInt32());
        Assert.Equal(whole, File.ReadAllBytes(_folder.File($"out.{type}")));
        Assert.False(File.Exists(_folder.File($"out.{type}.rest")));
    }

    [Theory]
    [InlineData("case,image\na,b\n", "'mask'")]
    [InlineData("case,image,mask\na,b,c\na,b,c\n", "'a'")]
    [InlineData("case,image,mask,label\na,b,c,liver\n", "Case 1")]
    [InlineData("case,image,mask\na,,c\n", "Case 1")]
    [InlineData("case,image,mask\n", "empty")]
    [InlineData("", "nothing in the list")]
    [InlineData("case,image,mask\na,b,c\n\"d,e,f\ng,h,i\n", "Line 3, character 1: A quotation mark that is opened isn't closed.")]
    [InlineData("case,image,mask\na,\"b\"x,c\n", "Line 2, character 5: Behind a quotation mark")]
    [InlineData("case,image,mask\na,b,c\"d\n", "Line 2, character 6: A quotation mark stands within a field")]
    [InlineData("case,image,mask\na,b,1,5.nii\n", "Line 2, column 4: There are 4 fields, and 3 headings")]
    [InlineData("case,image,mask,image\na,b,c,d\n", "Line 1, column 4: The list of cases has the column 'image' twice")]
    [InlineData("case,mask\na,b\n", "Line 1: The list of cases has no column 'image'; its columns are 'case', 'mask'.")]
    [InlineData("case,image,mask\na,b\0,c\n", "Line 2: The list of cases isn't text")]
    public async Task A_list_that_can_not_be_used_is_refused(string list, string named)
    {
        File.WriteAllText(_folder.File("cases.csv"), list);
        var result = await RunAsync("out.csv");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("InvalidCases", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(named, result.Error);
        Assert.False(File.Exists(_folder.File("out.csv")));
    }

    [Fact]
    public async Task A_list_in_another_encoding_is_refused_and_one_with_byte_order_mark_is_read()
    {
        var list = File.ReadAllText(_folder.File("cases.csv"));
        File.WriteAllBytes(_folder.File("cases.csv"), [.. System.Text.Encoding.UTF8.GetBytes(list), .. "J"u8, 0xF6, .. "rg,b,c\n"u8]);
        var refused = await RunAsync("out.csv");
        Assert.Contains($"Line {list.Count(character => character == '\n') + 1}: The list of cases isn't UTF-8.", refused.Error);

        foreach (var encoding in (System.Text.Encoding[])[System.Text.Encoding.Unicode, System.Text.Encoding.BigEndianUnicode, new System.Text.UTF8Encoding(true)])
        {
            File.WriteAllText(_folder.File("cases.csv"), list, encoding);
            Assert.Equal(3, (await RunAsync($"{encoding.WebName}{encoding.Preamble.Length}.csv")).ExitCode);
            Assert.True(File.Exists(_folder.File($"{encoding.WebName}{encoding.Preamble.Length}.csv")));
        }
    }

    [Fact]
    public async Task Channels_of_one_mask_are_cases_under_one_ID()
    {
        File.WriteAllLines(_folder.File("cases.csv"), ["ID,Image,Mask,Label_channel", "p,c0.nii.gz,m0.nii.gz,0", "p,c0.nii.gz,m0.nii.gz,1"]);

        var result = await RunAsync("out.csv");

        // The mask has but one.
        Assert.Equal((1, 1), (result.Json.GetProperty("extracted").GetInt32(), result.Json.GetProperty("failed").GetInt32()));
        Assert.Contains("no volume 1", Lines("out.csv")[2]);
    }

    [Fact]
    public async Task A_cancelled_batch_leaves_the_beginning_of_a_result()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var code = await RadiomicsTool.RunAsync(
            ["extract", "--batch", _folder.File("cases.csv"), "--settings", _folder.File("settings.json"), "--out", _folder.File("out.jsonl")],
            new StringWriter(),
            new StringWriter(),
            _ => null,
            cancellation.Token);

        Assert.Equal(130, code);
        Assert.Equal(3, (await RunAsync("out.jsonl", "--resume")).ExitCode);
        Assert.Equal(5, Lines("out.jsonl").Length);
    }

    private Task<CommandLine> RunAsync(string output, params string[] more) => CommandLine.RunAsync(
        ["extract", "--batch", _folder.File("cases.csv"), "--settings", _folder.File("settings.json"), "--out", _folder.File(output), "--json", .. more]);

    private string[] Lines(string file) => File.ReadAllLines(_folder.File(file));

    private void WriteCase(int number, int add = 0)
    {
        using var image = File.Create(_folder.File($"c{number}.nii.gz"));
        NiftiFile.Write(image, new Volume(s_grid, [.. Enumerable.Range(0, s_grid.Count).Select(i => (float)(i * (number + 3) % 31 + add))]));
        WriteMask($"m{number}.nii.gz", outside: 7);
    }

    private void WriteMask(string file, int outside)
    {
        using var mask = File.Create(_folder.File(file));
        NiftiFile.Write(mask, new Mask(s_grid, [.. Enumerable.Range(0, s_grid.Count).Select(i => (byte)(i % outside == 0 ? 0 : 1))]));
    }
}
