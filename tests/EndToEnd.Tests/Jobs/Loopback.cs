using System.Net;
using System.Net.Sockets;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>Addresses of this machine that nothing listens at.</summary>
static class Loopback
{
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
