using System.Net;
using System.Net.Sockets;

namespace Radiomics.Cli.Tests;

/// <summary>
/// The storage account as somebody has it whose role is on some of its containers: requests for those go to Azurite, but none to create a container; any other is
/// refused as Azure refuses it.
/// </summary>
internal sealed class RestrictedAccount : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Uri _account;
    private readonly string[] _containers;
    private readonly Task _serving;

    public RestrictedAccount(string connectionString, params string[] containers)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        _account = new Uri(parts["BlobEndpoint"]);
        _containers = containers;
        parts["BlobEndpoint"] = $"http://127.0.0.1:{Port}{_account.AbsolutePath}";
        ConnectionString = string.Join(';', parts.Select(part => $"{part.Key}={part.Value}"));
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string ConnectionString { get; }

    /// <summary>What was refused: methods and containers.</summary>
    public List<string> Refused { get; } = [];

    private int Port { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using (context.Response)
            {
                await AnswerAsync(context.Request, context.Response);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        var url = request.RawUrl!;
        var container = url[_account.AbsolutePath.Length..].Split('/', '?')[1];
        var creates = request.HttpMethod == "PUT" && url.Contains("restype=container", StringComparison.Ordinal);
        if (creates || !_containers.Contains(container))
        {
            Refused.Add($"{request.HttpMethod} {container}");
            response.StatusCode = 403;
            response.Headers["x-ms-error-code"] = "AuthorizationPermissionMismatch";
            response.Headers["x-ms-request-id"] = $"{Guid.NewGuid()}";
            return;
        }

        using var onward = new HttpRequestMessage(new HttpMethod(request.HttpMethod), $"{_account.GetLeftPart(UriPartial.Authority)}{url}");
        if (request.HasEntityBody || request.ContentLength64 >= 0)
        {
            var body = new MemoryStream();
            await request.InputStream.CopyToAsync(body);
            onward.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var name in request.Headers.AllKeys.OfType<string>().Where(name => name is not "Host" and not "Connection" and not "Transfer-Encoding"))
        {
            if (!onward.Headers.TryAddWithoutValidation(name, request.Headers[name]))
            {
                onward.Content?.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
        }

        using var answer = await _client.SendAsync(onward);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding" and not "Content-Length" and not "Connection" and not "Keep-Alive"))
        {
            response.Headers[header.Key] = string.Join(',', header.Value);
        }

        if (request.HttpMethod != "HEAD")
        {
            var content = await answer.Content.ReadAsByteArrayAsync();
            response.ContentLength64 = content.Length;
            await response.OutputStream.WriteAsync(content);
        }
        else if (answer.Content.Headers.ContentLength is { } length)
        {
            response.ContentLength64 = length;
        }
    }
}
