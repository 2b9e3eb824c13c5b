using LeadScoring.Worker.Mail.Links;
using MimeKit;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Puts messages into the home's <c>outbox/</c>, one <c>.eml</c> file each, for another program to send or a person to look at.</summary>
public sealed class OutboxTransport(string home) : IMailTransport
{
    // As on the wire, where lines end in CR LF.
    static readonly FormatOptions Form = Wire();

    readonly string _folder = Path.Combine(home, "outbox");

    public Task<Delivery> Send(MailEnvelope envelope, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        cancellation.ThrowIfCancellationRequested();
        Directory.CreateDirectory(_folder);
        var path = PathOf(envelope.Name);
        if (File.Exists(path))
            return Task.FromResult(new Delivery(DeliveryState.AlreadySent));
        var temporary = Path.Combine(
            _folder,
            $".{envelope.Name}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}"
        );
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                envelope.Message.WriteTo(Form, file, cancellation);
                file.Flush(flushToDisk: true);
            }
            // Without overwriting: of two at once one is the first, and the file stays as it is.
            File.Move(temporary, path, overwrite: false);
            return Task.FromResult(Delivery.Sent);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return Task.FromResult(new Delivery(DeliveryState.AlreadySent));
        }
        catch
        {
            // Half a message is none, and would lie there for good: the next try writes under another name.
            File.Delete(temporary);
            throw;
        }
    }

    public bool? WasSent(MessageName name) => File.Exists(PathOf(name));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    string PathOf(MessageName name) => Path.Combine(_folder, $"{name}.eml");

    static FormatOptions Wire()
    {
        var form = FormatOptions.Default.Clone();
        form.NewLineFormat = NewLineFormat.Dos;
        return form;
    }
}
