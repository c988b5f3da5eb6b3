using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Radiomics.Extraction;
using static Radiomics.Cli.Tests.Images.ImageBytes;

namespace Radiomics.Cli.Tests.Images;

public sealed class MaskAsItComesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _image;
    private readonly string _settings;

    public MaskAsItComesTests()
    {
        _image = Write("image.nrrd", File(Nrrd("short", "raw") + "\n", Little(Intensities)));
        _settings = Write("settings.json", """{"name": "mean", "discretisation": {"method": "fixedBinNumber", "bins": 8}, "families": ["statistics"]}"""u8.ToArray());
    }

    [Fact]
    public async Task A_mask_stored_from_the_other_end_has_the_same_features()
    {
        var straight = Write("mask.nrrd", File(Nrrd("uchar", "raw") + "\n", Labels));
        var flipped = Write("flipped.mha", File(
            Meta("MET_UCHAR").Replace("1 0 0 0 1 0 0 0 1", "-1 0 0 0 1 0 0 0 -1").Replace("-10 20 -30", "-2.5 20 -22.5") + "ElementDataFile = LOCAL\n",
            [.. Enumerable.Range(0, 120).Select(i => Labels[(3 - i / 30) * 30 + i / 6 % 5 * 6 + 5 - i % 6])]));
        var expected = await Extract(straight, "--label", "2");
        var result = await Extract(flipped, "--label", "2");
        Assert.Equal(Features(expected.Json), Features(result.Json));
        Assert.NotEqual("{}", Features(result.Json));
    }

    [Fact]
    public async Task A_mask_on_another_grid_is_refused_and_laid_onto_the_image_if_that_is_wished()
    {
        var fine = Write("fine.nrrd", File(
            Nrrd("uchar", "raw").Replace("6 5 4", "12 5 4").Replace("(1.5,0,0)", "(0.75,0,0)").Replace("(-10,20,-30)", "(-10.375,20,-30)") + "\n",
            [.. Labels.SelectMany(label => (byte[])[label, label])]));
        var refused = await Extract(fine, "--label", "1");
        Assert.Equal("GridMismatch", refused.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("6 × 5 × 4", refused.Error, StringComparison.Ordinal);
        Assert.Contains("mm apart", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--resample-mask", refused.Error, StringComparison.Ordinal);
        var laid = await Extract(fine, "--label", "1", "--resample-mask");
        var straight = await Extract(Write("mask.nrrd", File(Nrrd("uchar", "raw") + "\n", Labels)), "--label", "1");
        Assert.Equal(Features(straight.Json), Features(laid.Json));
        Assert.Equal("mask laid onto the image's grid", laid.Json.GetProperty("provenance").GetProperty("reading").GetString());
    }

    [Theory]
    [InlineData(1.0000003f, true)]
    [InlineData(0.99999994f, true)]
    [InlineData(1.7f, true)]
    [InlineData(0.7f, false)]
    [InlineData(2f, false)]
    public async Task A_float_mask_has_its_label_as_ITK_casts(float value, bool isInside)
    {
        var bytes = new byte[480];
        for (var i = 0; i < 60; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), value);
        }

        var result = await Extract(Write("mask.nrrd", File(Nrrd("float", "raw") + "\n", bytes)), "--label", "1");
        Assert.Equal(isInside ? 0 : 3, result.ExitCode);
        if (!isInside)
        {
            Assert.Equal("EmptyRoi", result.Json.GetProperty("error").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task All_labels_have_an_object_each_several_can_be_one()
    {
        var mask = Write("mask.nrrd", File(Nrrd("uchar", "raw") + "\n", Labels));
        var all = (await Extract(mask, "--label", "all")).Json.GetProperty("labels");
        Assert.Equal(["1", "2", "3"], all.EnumerateObject().Select(label => label.Name));
        var some = (await Extract(mask, "--label", "3,1+2")).Json.GetProperty("labels");
        Assert.Equal(["3", "1+2"], some.EnumerateObject().Select(label => label.Name));
        foreach (var label in (string[])["1", "2", "3"])
        {
            Assert.Equal(Mean(int.Parse(label)), all.GetProperty(label).GetProperty("features").GetProperty("stat_mean").GetDouble(), 1e-9);
        }

        var both = await Extract(mask, "--label", "1+2");
        Assert.Equal(Mean(1, 2), both.Json.GetProperty("features").GetProperty("stat_mean").GetDouble(), 1e-9);
        Assert.Equal("1+2", both.Json.GetProperty("provenance").GetProperty("label").GetString());
        Assert.Equal(Mean(1, 2), some.GetProperty("1+2").GetProperty("features").GetProperty("stat_mean").GetDouble(), 1e-9);
        Assert.Equal(Mean(1, 2, 3), (await Extract(mask)).Json.GetProperty("features").GetProperty("stat_mean").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task A_label_that_is_not_there_is_answered_with_those_that_are()
    {
        var few = await Extract(Write("few.nrrd", File(Nrrd("uchar", "raw", "Segment0_Name:=liver", "Segment0_LabelValue:=2") + "\n", Labels)), "--label", "7");
        Assert.Contains("no voxel of label 7: its labels are 1, 2 (liver), 3.", few.Error, StringComparison.Ordinal);
        var many = await Extract(Write("many.nrrd", File(Nrrd("uchar", "raw") + "\n", [.. Enumerable.Range(0, 120).Select(i => (byte)i)])), "--label", "200");
        Assert.Contains("10, 11, 12 and 107 more.", many.Error, StringComparison.Ordinal);
        var none = await Extract(Write("none.nrrd", File(Nrrd("uchar", "raw") + "\n", new byte[120])), "--label", "1");
        Assert.Contains("it is 0 everywhere", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segmentation_of_Slicer_is_asked_by_the_name_of_a_segment()
    {
        var mask = Write("tumour.seg.nrrd", File(
            Nrrd("uchar", "gzip", "Segment0_ID:=Segment_1", "Segment0_LabelValue:=3", "Segment0_Layer:=0", "Segment0_Name:=Tumour core", "Segmentation_ContainedRepresentationNames:=Binary labelmap|") + "\n",
            Gzip(Labels)));
        Assert.Equal(Mean(3), (await Extract(mask, "--label", "tumour core")).Json.GetProperty("features").GetProperty("stat_mean").GetDouble(), 1e-9);
        Assert.Contains("Tumour core", (await Extract(mask, "--label", "liver")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_looks_like_an_image_or_a_soft_mask_is_told()
    {
        var image = await Extract(_image);
        Assert.Equal(0, image.ExitCode);
        Assert.Contains("looks like an image", image.Error, StringComparison.Ordinal);
        Assert.Contains("looks like an image", image.Json.GetProperty("diagnostics").GetProperty("warnings").GetRawText(), StringComparison.Ordinal);
        var soft = new byte[480];
        for (var i = 0; i < 120; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(soft.AsSpan(4 * i), i / 119f);
        }

        Assert.Contains("soft mask", (await Extract(Write("soft.nrrd", File(Nrrd("float", "raw") + "\n", soft)))).Error, StringComparison.Ordinal);
        Assert.Empty((await Extract(Write("mask.nrrd", File(Nrrd("uchar", "raw") + "\n", Labels)))).Error);
    }

    [Fact]
    public async Task The_list_of_PyRadiomics_is_a_batch_and_its_columns_come_along()
    {
        Write("mask.nrrd", File(Nrrd("uchar", "raw") + "\n", Labels));
        Write("list.csv", "ID,Image,Mask,Label,Center\np1,image.nrrd,mask.nrrd,1,A\np1,image.nrrd,mask.nrrd,2,\"B, north\"\np2,image.nrrd,mask.nrrd,9,C\n"u8.ToArray());
        var result = await CommandLine.RunAsync("extract", "--batch", _folder.File("list.csv"), "--settings", _settings, "--out", _folder.File("out.csv"));
        Assert.Equal(3, result.ExitCode);
        var lines = System.IO.File.ReadAllLines(_folder.File("out.csv"));
        Assert.Contains(",reading,Center,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("p1,image.nrrd,mask.nrrd,1,", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"B, north\"", lines[2], StringComparison.Ordinal);
        Assert.Contains("EmptyRoi", lines[3], StringComparison.Ordinal);
        System.IO.File.Delete(_folder.File("list.csv"));
        Write("list.csv", "ID,Image,Mask,Label,Center\np1,image.nrrd,mask.nrrd,1,A\np1,image.nrrd,mask.nrrd,2,changed\n"u8.ToArray());
        var again = await CommandLine.RunAsync("extract", "--batch", _folder.File("list.csv"), "--settings", _settings, "--out", _folder.File("out.csv"), "--resume", "--json");
        Assert.Equal((1, 1), (again.Json.GetProperty("extracted").GetInt32(), again.Json.GetProperty("reused").GetInt32()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task A_batch_has_a_row_for_each_label_and_finds_them_again(string type)
    {
        Write("mask.nrrd", File(Nrrd("uchar", "raw") + "\n", Labels));
        Write("list.csv", "case,image,mask,label\na,image.nrrd,mask.nrrd,all\nb,image.nrrd,mask.nrrd,\"1,2+3,8\"\nc,image.nrrd,none.nrrd,\"1,2\"\n"u8.ToArray());
        string[] command = ["extract", "--batch", _folder.File("list.csv"), "--settings", _settings, "--out", _folder.File($"out.{type}"), "--json"];
        var first = (await CommandLine.RunAsync(command)).Json;
        Assert.Equal((5, 3), (first.GetProperty("extracted").GetInt32(), first.GetProperty("failed").GetInt32()));
        var lines = System.IO.File.ReadAllLines(_folder.File($"out.{type}"));
        var second = (await CommandLine.RunAsync([.. command, "--resume"])).Json;
        Assert.Equal((0, 5, 3), (second.GetProperty("extracted").GetInt32(), second.GetProperty("reused").GetInt32(), second.GetProperty("failed").GetInt32()));
        Assert.Equal(lines, System.IO.File.ReadAllLines(_folder.File($"out.{type}")));
        var laid = (await CommandLine.RunAsync([.. command, "--resume", "--resample-mask"])).Json;
        Assert.Equal(5, laid.GetProperty("extracted").GetInt32());
    }

    [Theory]
    [InlineData("Image,Mask,Label\na,b,one two\n", "Line 2, column 'Label'")]
    [InlineData("ID,IMAGE,MASK\nx,a,b\ny,,b\n", "Line 3, column 'IMAGE'")]
    [InlineData("image,mask,Label_Channel\na,b,-1\n", "Line 2, column 'Label_Channel'")]
    [InlineData("image,mask,Mask\na,b,c\n", "'Mask' twice")]
    public async Task A_list_that_can_not_be_used_says_in_which_line_and_column(string list, string where)
    {
        Write("list.csv", Encoding.UTF8.GetBytes(list));
        var result = await CommandLine.RunAsync("extract", "--batch", _folder.File("list.csv"), "--out", _folder.File("out.csv"), "--json");
        Assert.Equal("InvalidCases", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(where, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,,2")]
    [InlineData("1,01")]
    public async Task A_label_that_can_not_be_read_is_an_error_of_usage(string label)
    {
        var result = await Extract(_image, "--label", label);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("1+2", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static double Mean(params int[] labels) =>
        Enumerable.Range(0, 120).Where(i => labels.Contains(Labels[i])).Average(i => Intensities[i]);

    private static string Features(JsonElement json) => json.GetProperty("features").GetRawText();

    private Task<CommandLine> Extract(string mask, params string[] more) => CommandLine.RunAsync(["extract", _image, mask, "--settings", _settings, "--json", .. more]);

    private string Write(string name, byte[] bytes)
    {
        var path = _folder.File(name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
