using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Mail.Sending;
using MimeKit;

namespace LeadScoring.Worker.Mail;

/// <summary>What an erasure took from the mail of a home.</summary>
/// <param name="Messages">Messages in <c>outbox/</c>, and those that had come back into <c>mailbox/</c> or a folder below <c>mail/</c>.</param>
/// <param name="Answers">Answers and withdrawals that were given on the web, in <c>inbox/</c>.</param>
/// <param name="Entries">Lines of the ledgers of what was sent and came back.</param>
public readonly record struct MailErasure(int Messages, int Answers, int Entries);

/// <summary>Takes contacts out of the mail of a home: messages, answers from the web, ledgers.</summary>
/// <remarks>
/// A stop stays, under its keyed hash: it is the contact's own word and keeps messages from it should it ever come back,
/// be it from a copy of the home. Whom a message is for is read from its stop link, which only this home can read.
/// </remarks>
public sealed class ForgetMail(string home, ErasedContacts erased, TimeProvider time)
{
    static readonly HeldTurn _sending = new(
        "messages are being sent",
        "no dispatch while contacts are erased",
        "wait until it has ended and erase the same contacts again; what is erased by now stays so"
    );

    readonly string _mail = Path.Combine(home, "mail");

    /// <summary>Waits for a dispatch that is under way, so that it writes nothing behind the erasure.</summary>
    /// <param name="contacts">All ids of those who go.</param>
    /// <param name="followUps">The keys of what was planned for them.</param>
    /// <exception cref="WorkerException">Messages were being sent all the time.</exception>
    public MailErasure Run(IEnumerable<ContactId> contacts, IEnumerable<string> followUps)
    {
        var answers = WebAnswers.Forget(home, erased, time);
        // A home that never wrote a message gets no key for it.
        if (!File.Exists(Path.Combine(_mail, "key")))
            return new(0, answers, 0);
        using var turn = FileTurn.Wait(Path.Combine(_mail, "sending.lock"), time, _sending);
        var secret = LinkSecret.Of(home);
        var names = followUps.Select(key => MessageName.Of(key, secret)).ToHashSet();
        var messages = Messages(Path.Combine(home, "outbox"), secret, names);
        foreach (var folder in Directory.GetDirectories(_mail).Append(Path.Combine(home, "mailbox")))
            messages += Messages(folder, secret, names);
        var entries =
            new SendLedger(home, time).Forget(names) + new ReturnLedger(home, secret, time).Forget(contacts, names);
        return new(messages, answers, entries);
    }

    /// <summary>Removes the messages of a folder that are theirs, half-written ones included; adds their names.</summary>
    int Messages(string folder, LinkSecret secret, HashSet<MessageName> names)
    {
        if (!Directory.Exists(folder))
            return 0;
        var reader = new ReadReturn(new LinkSigner(secret), secret);
        var gone = 0;
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var (claim, name) = About(file, reader);
            name ??= MessageName.Find(Path.GetFileName(file), secret);
            if (claim is { } its && erased.Contains(its.Contact.Value))
                names.Add(MessageName.Of(its.FollowUp, secret));
            else if (name is not { } known || !names.Contains(known))
                continue;
            File.Delete(file);
            gone++;
        }
        return gone;
    }

    static (LinkClaim? Claim, MessageName? Name) About(string file, ReadReturn reader)
    {
        try
        {
            using var message = MimeMessage.Load(file);
            if (reader.ClaimOf(message.Headers) is { } claim)
                return (claim, null);
            var returned = reader.Of(message);
            return (returned?.Claim, returned?.Name);
        }
        catch (FormatException)
        {
            return (null, null); // no message
        }
    }
}
