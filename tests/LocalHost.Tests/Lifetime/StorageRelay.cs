using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>The storage account under other ports of this machine, on which nobody answers until it is opened, nor after it is closed.</summary>
internal sealed partial class StorageRelay : IDisposable
{
    private readonly List<(IPEndPoint At, Uri To)> _services = [];
    private readonly List<TcpListener> _listeners = [];
    private readonly List<Socket> _connections = [];

    public StorageRelay(AzuriteFixture azurite) => ConnectionString = Endpoint().Replace(azurite.ConnectionString, service =>
    {
        var (at, to) = (new IPEndPoint(IPAddress.Loopback, FreePort.Next()), new Uri(service.Groups[2].Value));
        _services.Add((at, to));
        return $"{service.Groups[1].Value}Endpoint=http://{at}{to.AbsolutePath}";
    });

    public string ConnectionString { get; }

    public void Open()
    {
        foreach (var (at, to) in _services)
        {
            var listener = new TcpListener(at);
            listener.Start();
            _listeners.Add(listener);
            _ = AcceptAsync(listener, to);
        }
    }

    public void Close()
    {
        _listeners.ForEach(listener => listener.Stop());
        _listeners.Clear();
        lock (_connections)
        {
            _connections.ForEach(connection => connection.Dispose());
            _connections.Clear();
        }
    }

    public void Dispose() => Close();

    private async Task AcceptAsync(TcpListener listener, Uri to)
    {
        try
        {
            while (true)
                _ = RelayAsync(await listener.AcceptSocketAsync(), to);
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // As it should be.
        }
    }

    private async Task RelayAsync(Socket caller, Uri to)
    {
        var storage = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_connections)
            _connections.AddRange([caller, storage]);
        try
        {
            await storage.ConnectAsync(to.Host, to.Port);
            await using var near = new NetworkStream(caller, ownsSocket: true);
            await using var far = new NetworkStream(storage, ownsSocket: true);
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException)
        {
            // Closed in the middle.
        }
    }

    [GeneratedRegex("(Blob|Queue|Table)Endpoint=([^;]+)")]
    private static partial Regex Endpoint();
}
