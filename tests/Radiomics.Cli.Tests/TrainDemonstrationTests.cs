namespace Radiomics.Cli.Tests;

public sealed class TrainDemonstrationTests
{
    [Fact]
    public async Task The_same_options_make_the_same_models_to_the_byte()
    {
        using var folder = new TemporaryFolder();
        string[] options = ["models", "train-demonstration", "--count", "24", "--size", "32", "--slices", "16", "--json", "--out"];
        var first = await CommandLine.RunAsync([.. options, folder.File("1")]);
        var second = await CommandLine.RunAsync([.. options, folder.File("2")]);
        var other = await CommandLine.RunAsync([.. options, folder.File("3"), "--seed", "1"]);

        Assert.Equal((0, 0, 0), (first.ExitCode, second.ExitCode, other.ExitCode));
        foreach (var name in new[] { "A-1.5T.zip", "A-3.0T.zip", "B-1.5T.zip", "B-3.0T.zip" })
        {
            var bytes = File.ReadAllBytes(folder.File($"1/{name}"));
            Assert.Equal(bytes, File.ReadAllBytes(folder.File($"2/{name}")));
            Assert.NotEqual(bytes, File.ReadAllBytes(folder.File($"3/{name}")));
        }
    }
}
