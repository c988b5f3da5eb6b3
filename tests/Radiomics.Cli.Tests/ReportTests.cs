using System.Text;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

/// <summary><c>radiomics report</c>, from the storage account.</summary>
public sealed class ReportTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _center = $"c{Guid.NewGuid():N}"[..13];
    private readonly TemporaryFolder _keys = new();
    private readonly string _id = PredictionId.OfUpload($"{Guid.NewGuid()}");
    private readonly Dictionary<string, string> _environment = new() { ["RadiomicsStorage"] = azurite.ConnectionString };

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task A_folder_gets_page_record_and_bundle_as_they_are_stored()
    {
        using var folder = new TemporaryFolder();
        var stored = await StoreAsync();

        var result = await RunAsync("--out", folder.File("reports"), "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([".html", ".json", ".fhir.json"], result.Json.GetProperty("files").EnumerateArray().Select(file => Path.GetFileName(file.GetString()!)[_id.Length..]));
        foreach (var extension in (string[])[".html", ".json", ".fhir.json"])
        {
            Assert.Equal(stored[extension], await File.ReadAllTextAsync(folder.File($"reports/{_id}{extension}")));
        }
    }

    [Theory]
    [InlineData("r.html", ".html")]
    [InlineData("r.zh.html", ".zh.html")]
    [InlineData("r.json", ".json")]
    [InlineData("r.fhir.json", ".fhir.json")]
    [InlineData("r.dcm", ".sr.dcm")]
    public async Task A_files_ending_says_which_form_it_gets(string file, string extension)
    {
        using var folder = new TemporaryFolder();
        var stored = await StoreAsync();

        var result = await RunAsync("--out", folder.File(file));

        Assert.Equal((0, folder.File(file)), (result.ExitCode, result.Output.Trim()));
        Assert.Equal(stored[extension], await File.ReadAllTextAsync(folder.File(file)));
    }

    [Theory]
    [InlineData(null, ".html")]
    [InlineData("json", ".json")]
    [InlineData("fhir", ".fhir.json")]
    public async Task Without_a_place_it_goes_to_standard_output_and_nothing_else_does(string? format, string extension)
    {
        var stored = await StoreAsync();

        var result = await RunAsync(format is null ? [] : ["--format", format]);

        Assert.Equal((0, stored[extension], ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task The_page_is_had_in_the_language_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        var stored = await StoreAsync();

        var shown = await RunAsync("--language", "zh");
        var kept = await RunAsync("--language", "zh", "--out", folder.File("reports"), "--json");

        Assert.Equal(stored[".zh.html"], shown.Output);
        Assert.Equal([".zh.html", ".json", ".fhir.json"], kept.Json.GetProperty("files").EnumerateArray().Select(file => Path.GetFileName(file.GetString()!)[_id.Length..]));
    }

    [Fact]
    public async Task The_page_is_printed_by_the_browser_that_is_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its shell can't be stood in for.");
        using var folder = new TemporaryFolder();
        var stored = await StoreAsync();

        // It prints what it is given, and which profile it was to use.
        await InstallAsync(folder, "chromium", """
            for argument in "$@"; do case "$argument" in --print-to-pdf=*) pdf="${argument#*=}";; --user-data-dir=*) profile="${argument#*=}";; file:*) page="${argument#file://}";; esac; done
            mkdir -p "$profile"
            { printf '%%PDF-'; cat "$page"; } > "$pdf"
            """);
        var result = await RunAsync("--pdf", folder.File("r.pdf"), "--language", "zh");

        Assert.Equal((0, folder.File("r.pdf")), (result.ExitCode, result.Output.Trim()));
        Assert.Equal("%PDF-" + stored[".zh.html"], await File.ReadAllTextAsync(folder.File("r.pdf")));
    }

    [Fact]
    public async Task The_page_is_opened_by_what_the_machine_opens_pages_with()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its shell can't be stood in for.");
        using var folder = new TemporaryFolder();
        var stored = await StoreAsync();
        await InstallAsync(folder, Opener, $"cat \"$1\" > '{folder.File("shown")}'");

        var result = await RunAsync("--open", "--out", folder.File("r.html"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(stored[".html"], await File.ReadAllTextAsync(folder.File("shown")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_opens_pages_the_file_is_named(bool hasOpener)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its shell can't be stood in for.");
        using var folder = new TemporaryFolder();
        await StoreAsync();
        if (hasOpener)
        {
            await InstallAsync(folder, Opener, "exit 3");
        }

        var result = await RunAsync("--open", "--out", folder.File("r.html"), "--json");

        Assert.Equal((1, "BrowserNotOpened"), (result.ExitCode, Code(result)));
        Assert.Contains(folder.File("r.html"), result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("r.html")));
    }

    [Fact]
    public async Task What_there_is_no_report_of_says_why()
    {
        var failed = PredictionId.OfUpload($"{Guid.NewGuid()}");
        await StoreAsync(failed, new Dictionary<string, string>
        {
            [".json"] = BlobStore.Json(new PredictionStatus { Id = failed, Center = _center, Status = PredictionState.Failed, Error = new PredictionError("NoDicom", "A sentence.") }).ToString(),
        });

        foreach (var (id, code) in new[] { (failed, "NoReport"), (PredictionId.OfUpload("absent"), "PredictionNotFound"), ("p-1", "PredictionNotFound"), ("../A", "PredictionNotFound") })
        {
            var result = await CommandLine.RunAsync(_environment, "report", id, "--center", _center, "--json");
            Assert.Equal((3, code), (result.ExitCode, Code(result)));
        }
    }

    [Theory]
    [InlineData("--out", "r.pdf")]
    [InlineData("--open", "--format", "fhir")]
    [InlineData("--open", "--out", "r.json")]
    [InlineData("--pdf", "r.pdf", "--format", "fhir")]
    [InlineData("--browser", "/usr/bin/chromium")]
    [InlineData("--language", "fr")]
    public async Task A_form_that_there_is_not_or_that_cannot_be_opened_is_an_error_of_the_command_line(params string[] arguments)
    {
        await StoreAsync();
        Assert.Equal(2, (await RunAsync(arguments)).ExitCode);
    }

    [Theory]
    [InlineData(".html", "--format", "html")]
    [InlineData(".json", "--format", "json")]
    public async Task A_report_or_record_that_was_changed_is_not_shown(string extension, params string[] arguments)
    {
        await StoreAsync();
        await (await azurite.AccountAsync()).Store.Blob(Containers.Predictions, $"{_center}/by-id/{_id}{extension}").UploadAsync(new BinaryData("{\"id\": \"p\", \"center\": \"A\", \"status\": \"succeeded\"}"), overwrite: true);

        var result = await RunAsync([.. arguments, "--json"]);

        Assert.Equal((1, AlteredException.RecordCode), (result.ExitCode, Code(result)));
    }

    private Task<CommandLine> RunAsync(params string[] arguments) => CommandLine.RunAsync(_environment, ["report", _id, "--center", _center, .. arguments]);

    private static string? Code(CommandLine result) => result.Json.GetProperty("error").GetProperty("code").GetString();

    private async Task<Dictionary<string, string>> StoreAsync()
    {
        var status = new PredictionStatus { Id = _id, Center = _center, Status = PredictionState.Succeeded, Prediction = BarePrediction.Of(_id) };
        var stored = new Dictionary<string, string> { [".json"] = BlobStore.Json(status).ToString(), [".html"] = $"<p>{_id} é", [".zh.html"] = $"<p>{_id} 肝", [".fhir.json"] = "{ }", [".sr.dcm"] = "a report" };
        await StoreAsync(_id, stored);
        return stored;
    }

    private async Task StoreAsync(string id, Dictionary<string, string> stored)
    {
        var store = (await azurite.AccountAsync()).Store;
        var key = _environment["Radiomics__Audit__KeyFile"] = _keys.File("audit-key");
        using (var trail = new AuditTrail(store, LocalAuditKey.Open(key), TimeProvider.System))
        {
            await trail.AppendAsync(new AuditEvent
            {
                Id = $"{id}/publish",
                Center = _center,
                Actor = "pipeline",
                Action = "prediction-published",
                Subjects = new Dictionary<string, string> { ["prediction"] = id },
                Digests = stored.ToDictionary(file => file.Key == ".json" ? "record" : $"report {file.Key}", file => Digest.Of(new BinaryData(file.Value))),
            });
        }

        foreach (var (extension, content) in stored)
        {
            await store.WriteOnceAsync(Containers.Predictions, $"{_center}/by-id/{id}{extension}", new BinaryData(Encoding.UTF8.GetBytes(content)));
        }
    }

    private static string Opener => OperatingSystem.IsMacOS() ? "open" : "xdg-open";

    private async Task InstallAsync(TemporaryFolder folder, string name, string script)
    {
        var program = folder.File(name);
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        _environment["PATH"] = string.Join(Path.PathSeparator, Path.GetDirectoryName(program)!, "/bin", "/usr/bin");
    }
}
