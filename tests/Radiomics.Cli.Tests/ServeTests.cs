using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Radiomics.Cli.Tests;

[Collection(nameof(HostedAccount))]
public sealed partial class ServeTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_served_app_answers_until_it_is_asked_to_stop(string signal)
    {
        var processes = new MarkedProcesses();
        using var tool = processes.StartTool("serve", "--port", "0", "--connection", azurite.ConnectionString);
        List<string> start = [];
        using var http = new HttpClient { BaseAddress = await ListeningAsync(tool.StandardOutput, start) };
        var rest = tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        using var health = await http.GetAsync("api/health", TestContext.Current.CancellationToken);
        await MarkedProcesses.SignalAsync(signal, tool.Id);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(0, tool.ExitCode);
        Assert.Contains("Executed 'Functions.GetHealth'", await rest);

        // The worker's lines and the host's come when they come.
        Assert.Contains("Nobody is asked who they are", string.Join('\n', [.. start, await rest]), StringComparison.Ordinal);
        await processes.GoneAsync();
    }

    [Fact]
    public async Task With_auth_it_asks_for_a_function_key_and_who_calls_and_with_json_its_log_is_on_standard_error()
    {
        const string FunctionKey = "a-function-key-of-these-tests";
        var processes = new MarkedProcesses();
        using var tool = processes.StartTool(
            new Dictionary<string, string> { ["LocalHost__FunctionKey"] = FunctionKey }, "serve", "--port", "0", "--connection", azurite.ConnectionString, "--auth", "--json");
        using var http = new HttpClient { BaseAddress = await ListeningAsync(tool.StandardError) };
        var rest = tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        using var answer = await http.GetAsync("api/centers/A/models/3.0T", TestContext.Current.CancellationToken);
        var key = await CommandLine.RunAsync(new Dictionary<string, string> { ["RadiomicsStorage"] = azurite.ConnectionString }, "keys", "add", "--center", "A", "--label", "tests");
        var environment = new Dictionary<string, string> { ["RADIOMICS_URL"] = $"{http.BaseAddress}", ["RADIOMICS_KEY"] = FunctionKey };
        var nobody = await CommandLine.RunAsync(environment, "models", "list", "--center", "A", "--field", "3.0T", "--json");
        environment["RADIOMICS_API_KEY"] = key.Output.Trim();
        var somebody = await CommandLine.RunAsync(environment, "models", "list", "--center", "A", "--field", "3.0T", "--json");
        await MarkedProcesses.SignalAsync("TERM", tool.Id);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal((1, 0), (nobody.ExitCode, somebody.ExitCode));
        Assert.Contains("RADIOMICS_API_KEY", nobody.Json.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("A", somebody.Json.GetProperty("models")[0].GetProperty("center").GetString());
        Assert.Empty(await tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"Console: {http.BaseAddress}\n", await rest, StringComparison.Ordinal);
        await processes.GoneAsync();
    }

    [Fact]
    public async Task With_auth_it_says_where_the_console_is_and_how_to_sign_in_and_one_signs_in_so()
    {
        var processes = new MarkedProcesses();
        using var tool = processes.StartTool("serve", "--port", "0", "--connection", azurite.ConnectionString, "--auth");
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = await ListeningAsync(tool.StandardOutput) };
        var rest = tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        List<string> said = [];
        while (said.Count < 3 && await tool.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
        }

        // As it says, word for word.
        var words = Regex.Matches(said[2].Trim(), "\"([^\"]*)\"|(\\S+)").Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value).Skip(1);
        var key = await CommandLine.RunAsync(new Dictionary<string, string> { ["RadiomicsStorage"] = azurite.ConnectionString }, [.. words]);
        var page = await http.GetStringAsync("signin", TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["RequestVerificationToken"] = Regex.Match(page, "name=\"antiforgery\" content=\"([^\"]+)\"").Groups[1].Value,
            ["key"] = key.Output.Trim(),
        });
        using var signedIn = await http.PostAsync("signin/key", form, TestContext.Current.CancellationToken);
        using var home = await http.GetAsync("", TestContext.Current.CancellationToken);
        await MarkedProcesses.SignalAsync("TERM", tool.Id);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"Console: {http.BaseAddress}", said[0]);
        Assert.Equal((303, 303), ((int)signedIn.StatusCode, (int)home.StatusCode));
        Assert.Equal("/centers/A/studies", home.Headers.Location?.OriginalString);
        await rest;
        await processes.GoneAsync();
    }

    [Fact]
    public async Task A_host_that_does_not_start_says_why_and_its_exit_code_is_the_tools()
    {
        using var tool = new MarkedProcesses().StartTool(
            new Dictionary<string, string> { ["LocalHost__StorageWaitSeconds"] = "1" },
            "serve", "--port", "0", "--connection", "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a");
        var output = tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, tool.ExitCode);
        Assert.Contains("No storage answers at 127.0.0.1:1", error, StringComparison.Ordinal);
        await output;
    }

    /// <summary>Reads on until the host says where it listens; what it said before is added to <paramref name="said"/>.</summary>
    private static async Task<Uri> ListeningAsync(StreamReader log, List<string>? said = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        said ??= [];
        while (await log.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                return new Uri(match.Groups[1].Value);
            }
        }

        Assert.Fail($"The host ended: {string.Join('\n', said)}");
        throw new UnreachableException();
    }

    [GeneratedRegex(@"Host listening on (http://\S+)")]
    private static partial Regex Listening();
}
