using System.Text.Json;
using Radiomics.Extraction;
using Radiomics.Learning.Tests;

namespace Radiomics.Cli.Tests;

public sealed class ModelCardTests
{
    [Fact]
    public async Task A_card_becomes_a_page()
    {
        using var folder = Unpacked();

        var result = await CommandLine.RunAsync("models", "card", folder.File("."), "--out", folder.File("page.html"));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(TestCards.Rich.Notice, result.Output);
        var page = File.ReadAllBytes(folder.File("page.html"));
        Assert.StartsWith("<!doctype html>", System.Text.Encoding.UTF8.GetString(page));
    }

    [Fact]
    public async Task As_JSON_it_comes_with_its_checklists_and_without_a_page()
    {
        using var folder = Unpacked();

        var result = await CommandLine.RunAsync("models", "card", folder.File("card.json"), "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(TestCards.Rich.Name, result.Json.GetProperty("card").GetProperty("name").GetString());
        Assert.Equal([58, 30, 27], result.Json.GetProperty("checklists").EnumerateArray().Select(checklist => checklist.GetProperty("items").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("file").ValueKind);
    }

    [Theory]
    [InlineData("{}", "card.json", "ModelCardInvalid")]
    [InlineData("no zip", "model.zip", "ModelPackageInvalid")]
    [InlineData("nothing", "readme.txt", "ModelCardMissing")]
    public async Task What_holds_no_card_is_refused_with_a_code(string content, string name, string code)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), content);

        var result = await CommandLine.RunAsync("models", "card", folder.File("."), "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(code, result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    private static TemporaryFolder Unpacked()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("card.json"), JsonSerializer.Serialize(TestCards.Rich, RadiomicsJson.Options));
        return folder;
    }
}
