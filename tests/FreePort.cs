using System.Net;
using System.Net.Sockets;

namespace Radiomics;

/// <summary>
/// Ports for servers that can't choose one themselves. They lie below those that systems give out by themselves (from 32768 on Linux, 49152 elsewhere), so
/// that nobody is given one between its choice and its use.
/// </summary>
internal static class FreePort
{
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 32000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's already.
            }
        }
    }
}
