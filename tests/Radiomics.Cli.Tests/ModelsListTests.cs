using System.Net;
using System.Net.Sockets;

namespace Radiomics.Cli.Tests;

public sealed class ModelsListTests : IDisposable
{
    private readonly HttpListener _service = new();
    private readonly List<string> _asked = [];
    private readonly string _url = FreeUrl();

    public ModelsListTests()
    {
        _service.Prefixes.Add(_url);
        _service.Start();
        _ = AnswerAsync();
    }

    public void Dispose() => _service.Close();

    [Theory]
    [InlineData("A", "/api/centers/A/models/3.0T", "/api/centers/A/models/1.5T")]
    [InlineData("research")]
    public async Task Without_a_field_the_profile_says_which_models_there_may_be(string center, params string[] asked)
    {
        var result = await CommandLine.RunAsync("models", "list", "--center", center, "--url", _url, "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("ModelNotFound", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(asked, _asked);
    }

    [Fact]
    public async Task A_center_that_the_tool_does_not_know_can_be_asked_about_by_field()
    {
        var without = await CommandLine.RunAsync("models", "list", "--center", "elsewhere", "--url", _url);
        var with = await CommandLine.RunAsync("models", "list", "--center", "elsewhere", "--field", "7.0T", "--url", _url);

        Assert.Equal(3, without.ExitCode);
        Assert.Contains("--field", without.Error);
        Assert.Contains("ModelNotFound", with.Error);
        Assert.Equal(["/api/centers/elsewhere/models/7.0T"], _asked);
    }

    /// <summary>A service without models.</summary>
    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await _service.GetContextAsync();
                _asked.Add(context.Request.Url!.AbsolutePath);
                context.Response.StatusCode = 404;
                await context.Response.OutputStream.WriteAsync("""{"code":"ModelNotFound","detail":"None."}"""u8.ToArray());
                context.Response.Close();
            }
        }
        catch (Exception) when (!_service.IsListening)
        {
            // The test is over.
        }
    }

    private static string FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}/";
    }
}
