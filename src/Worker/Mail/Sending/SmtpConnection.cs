using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Connects to a mail server and logs in.</summary>
static class SmtpConnection
{
    const string PasswordVariable = "LEADS_SMTP_PASSWORD";

    /// <exception cref="WorkerException">The server cannot be trusted, offers no protection, or refuses the login.</exception>
    public static async Task<SmtpClient> Open(SmtpSettings settings, CancellationToken cancellation)
    {
        var where = $"mail server {settings.Host}:{settings.Port}";
        var client = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            if (settings.CertificateFile is { } file)
                client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
                    IsTrusted(file, certificate, errors);
            var socket = await Reach(settings.Host, settings.Port, cancellation);
            await client.ConnectAsync(socket, settings.Host, settings.Port, Security(settings.Security), cancellation);
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, Password(settings), cancellation);
            return client;
        }
        catch (SslHandshakeException problem)
        {
            client.Dispose();
            throw Unusable(
                where,
                "a certificate that is not trusted",
                "one of a known authority",
                "name its authority in smtp.certificateFile",
                problem
            );
        }
        catch (NotSupportedException problem)
        {
            client.Dispose();
            throw Unusable(
                where,
                "no STARTTLS or no way to log in",
                "both",
                "check smtp.port and smtp.security",
                problem
            );
        }
        catch (AuthenticationException problem)
        {
            client.Dispose();
            throw Unusable(
                where,
                "a login that was refused",
                "the right user and password",
                $"check smtp.user, smtp.passwordFile and {PasswordVariable}",
                problem
            );
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>A connection whose writes go out at once: the last piece of a message waits for no receipt of the first.</summary>
    /// <remarks>Otherwise every message of more than one packet takes 40 ms longer, however near the server is.</remarks>
    internal static async Task<Socket> Reach(string host, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static SecureSocketOptions Security(SmtpSecurity security) =>
        security switch
        {
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.None => SecureSocketOptions.None,
        };

    static string Password(SmtpSettings settings) =>
        Environment.GetEnvironmentVariable(PasswordVariable)
        ?? (settings.PasswordFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : "");

    /// <summary>A chain that ends in the named certificate; the server's name has to be right all the same.</summary>
    static bool IsTrusted(string file, X509Certificate? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (presented is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        using var certificate = new X509Certificate2(presented);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        return chain.Build(certificate);
    }

    static WorkerException Unusable(string where, string found, string expected, string remedy, Exception cause) =>
        new(WorkerException.Told(where, found, expected, remedy), cause);
}
