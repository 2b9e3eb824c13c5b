using System.Net.Sockets;
using LeadScoring.Worker.Mail.Links;
using MailKit;
using MailKit.Net.Smtp;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Hands messages to a mail server, over one connection for as long as that holds.</summary>
/// <remarks>One instance serves one thread. Pauses between attempts double, beginning with <c>firstPause</c>.</remarks>
public sealed class SmtpTransport(SmtpSettings settings, TimeProvider time, TimeSpan? firstPause = null)
    : IMailTransport
{
    readonly TimeSpan _firstPause = firstPause ?? TimeSpan.FromSeconds(2);
    SmtpClient? _client;

    public async Task<Delivery> Send(MailEnvelope envelope, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var pause = _firstPause;
        for (var attempt = 1; ; attempt++)
        {
            var delivery = await Attempt(envelope, attempt, cancellation);
            if (delivery.State != DeliveryState.Later || attempt == settings.Attempts)
                return delivery;
            await Task.Delay(pause, time, cancellation);
            pause *= 2;
        }
    }

    public bool? WasSent(MessageName name) => null;

    public async ValueTask DisposeAsync()
    {
        if (_client is { IsConnected: true } client)
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TimeoutSeconds), time);
                await client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception problem) when (IsBroken(problem))
            {
                // All messages had their receipts; only the goodbye is missing.
            }
        }
        Drop();
    }

    async Task<Delivery> Attempt(MailEnvelope envelope, int attempt, CancellationToken cancellation)
    {
        var sent = new Transferred();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            _client ??= await SmtpConnection.Open(settings, either.Token);
            await _client.SendAsync(envelope.Message, envelope.Sender, [envelope.Recipient], either.Token, sent);
            return new Delivery(DeliveryState.Sent, 250, attempt);
        }
        catch (SmtpCommandException refusal)
        {
            // The server has answered, so the message is not with it. 421 closes the connection.
            if (refusal.StatusCode == SmtpStatusCode.ServiceNotAvailable || _client is not { IsConnected: true })
                Drop();
            var code = (int)refusal.StatusCode;
            return new Delivery(code >= 500 ? DeliveryState.Refused : DeliveryState.Later, code, attempt);
        }
        catch (Exception problem)
            when (IsBroken(problem) || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Drop();
            return new Delivery(sent.Any ? DeliveryState.Unknown : DeliveryState.Later, 0, attempt);
        }
        catch (OperationCanceledException)
        {
            Drop();
            if (sent.Any)
                return new Delivery(DeliveryState.Unknown, 0, attempt);
            throw;
        }
    }

    void Drop()
    {
        _client?.Dispose();
        _client = null;
    }

    static bool IsBroken(Exception problem) =>
        problem is IOException or SocketException or ProtocolException or ServiceNotConnectedException;

    /// <summary>Whether any of the message has left: only then can the server have it although its receipt is missing.</summary>
    sealed class Transferred : ITransferProgress
    {
        public bool Any { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Any = true;

        public void Report(long bytesTransferred) => Any = true;
    }
}
