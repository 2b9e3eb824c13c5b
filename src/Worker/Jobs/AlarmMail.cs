using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Store;
using MimeKit;

namespace LeadScoring.Worker.Jobs;

/// <summary>Mails an alarm to whoever looks after the home, by the mail server of <c>mail.json</c> or into <c>outbox/</c>.</summary>
sealed class AlarmMail(Home home, string to, TimeProvider time)
{
    /// <summary>Hands an alarm over, at one attempt.</summary>
    /// <returns>Null when it was taken or may have been, which is not tried again; else what stood in the way.</returns>
    public async Task<string?> SendAsync(Alarm alarm, CancellationToken cancellation)
    {
        try
        {
            var settings = MailSettings.Load(home.Path);
            var once = settings with { Smtp = settings.Smtp is { } smtp ? smtp with { Attempts = 1 } : null };
            await using var transport = once.Transport(home.Path, time);
            var envelope = Compose(alarm, settings);
            using (envelope.Message)
            {
                var delivery = await transport.Send(envelope, cancellation);
                return delivery.State switch
                {
                    DeliveryState.Sent or DeliveryState.AlreadySent or DeliveryState.Unknown => null,
                    DeliveryState.Refused => FormattableString.Invariant($"the server refused it, {delivery.Code}"),
                    DeliveryState.Later when delivery.Code > 0 => FormattableString.Invariant(
                        $"the server did not take it, {delivery.Code}"
                    ),
                    _ => "the server does not answer",
                };
            }
        }
        catch (WorkerException problem)
        {
            return problem.Message;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Its words may hold an address as little as those of others; its kind is enough.
            return $"{problem.GetType().Name} while it was written";
        }
    }

    MailEnvelope Compose(Alarm alarm, MailSettings settings)
    {
        // The same alarm has the same name, by which a mail program shows it once if it should come twice.
        var name = MessageName.Of($"alarm {alarm.Key}", LinkSecret.Of(home.Path));
        var recipient = new MailboxAddress("", to);
        var message = new MimeMessage
        {
            Subject = $"leads {Path.GetFileName(home.Path)}: {Head(alarm.Words)}",
            Date = time.GetUtcNow(),
            MessageId = $"{name.Hex}@{settings.Domain}",
            Body = new TextPart("plain") { Text = $"{alarm.Words}\n\nHome: {home.Path}\n" },
        };
        message.From.Add(new MailboxAddress(settings.FromName, settings.From));
        message.To.Add(recipient);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Prepare(EncodingConstraint.SevenBit);
        if (settings.Dkim is { } dkim)
            new MailSignature(dkim).Sign(message);
        return new(name, new MailboxAddress("", settings.From), recipient, message);
    }

    /// <summary>What it is about, without the details.</summary>
    static string Head(string words)
    {
        var end = words.AsSpan().IndexOfAny(':', ';');
        return (end < 0 ? words : words[..end]).ReplaceLineEndings(" ");
    }
}
