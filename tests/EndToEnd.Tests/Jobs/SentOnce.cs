using LeadScoring.EndToEnd.Tests.Mail;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail.Sending;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>What a store says was sent, held against what a mail server has.</summary>
static class SentOnce
{
    /// <summary>No message twice; what counts as sent arrived; what arrived counts as sent, or as uncertain.</summary>
    /// <returns>Sent and received, and those of which no worker lived to see the receipt, arrived or not.</returns>
    public static (int Sent, int Uncertain, int Lost) Check(SampleHome home, SmtpSink sink)
    {
        var secret = LinkSecret.Of(home.Path);
        var received = sink
            .Taken.Select((taken, nth) => (Name: MessageName.Find(sink.Message(nth).MessageId!, secret), taken.To))
            .ToList();
        var (sent, uncertain) = (Keys(home, "sent"), Keys(home, "uncertain"));
        var known = sent.Concat(uncertain).ToDictionary(row => MessageName.Of(row.Key, secret), row => row.Addresses);
        var arrived = received.Select(message => message.Name!.Value).ToHashSet();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(received.Select(message => message.Name), Is.Unique, "no message twice");
            Assert.That(arrived.IsSubsetOf(known.Keys), "what arrived is in the sendings");
            Assert.That(
                sent.Select(row => MessageName.Of(row.Key, secret)).Where(name => !arrived.Contains(name)),
                Is.Empty,
                "what counts as sent has arrived"
            );
            Assert.That(
                received.Where(message =>
                    !known
                        .GetValueOrDefault(message.Name!.Value, "")
                        .Split(' ')
                        .Contains(message.To, StringComparer.Ordinal)
                ),
                Is.Empty,
                "each went to the address of its contact"
            );
            Assert.That(Keys(home, "reserved"), Is.Empty, "nothing is left on its way");
            Assert.That(
                DueHome.Ask(
                    home,
                    """
                    select count(*) from follow_ups
                    where (state = 'sent') <> exists (select 1 from sendings where sendings.key = follow_ups.key)
                    """
                ),
                Is.Zero,
                "a follow-up is sent exactly when there is a sending of it"
            );
            Assert.That(DueHome.Ask(home, "select count(*) from sendings"), Is.EqualTo(sent.Count + uncertain.Count));
        }
        return (sent.Count, uncertain.Count, known.Count - arrived.Count);
    }

    static List<(string Key, string Addresses)> Keys(SampleHome home, string state)
    {
        using var connection = StoreDialect.Of(home.Path, patienceSeconds: 30).Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            select
                key,
                (select string_agg(address, ' ') from contact_addresses where contact = sendings.contact)
            from sendings
            where state = @state
            """;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("state", state);
        command.Parameters.Add(parameter);
        using var rows = command.ExecuteReader();
        List<(string, string)> keys = [];
        while (rows.Read())
            keys.Add((rows.GetString(0), rows.IsDBNull(1) ? "" : rows.GetString(1)));
        return keys;
    }
}
