using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>How fresh each source of a lake is, with days and gaps counted by hand.</summary>
public sealed class StatusTests
{
    const string Sms = "reply_id;mottaget;contact_id;campaign;klass\n";
    const string Consents = "consent_id,contact_id,purpose,granted,at,provenance\n";

    TemporaryHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TemporaryHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_daily_source_that_has_gone_quiet_is_warned_of()
    {
        Replies("2024-03-01 2024-03-02 2024-03-03 2024-03-04 2024-03-05 2024-03-06");

        var status = Look(new(2024, 3, 16));

        var source = status.Sources.Single();
        Assert.That(
            (source.Source, source.Files, source.Accepted, source.Rejected, source.LastFile),
            Is.EqualTo(("sms_replies", 1, 6L, 0L, "sms_replies/1.csv"))
        );
        Assert.That(source.Last, Is.EqualTo(new DateTime(2024, 3, 6, 22, 30, 0, DateTimeKind.Unspecified)));
        Assert.That((source.QuietDays, source.Usually, source.UsualDays), Is.EqualTo((9, "daily", 1)));
        Assert.That(
            status.Warnings,
            Is.EqualTo(["sms_replies: nothing for 9 days, usually daily. See whether its export still runs."])
        );
    }

    [TestCase("2024-03-07", 0)]
    [TestCase("2024-03-09", 2)]
    public void One_that_speaks_as_usual_is_not(string asOf, int quiet)
    {
        Replies("2024-03-01 2024-03-02 2024-03-03 2024-03-04 2024-03-05 2024-03-06");

        var status = Look(DateOnly.Parse(asOf, CultureInfo.InvariantCulture));

        Assert.That((status.Sources.Single().QuietDays, status.Warnings.Count), Is.EqualTo((quiet, 0)));
    }

    [Test]
    public void A_weekly_source_may_be_quiet_for_nine_days()
    {
        Replies("2024-02-01 2024-02-08 2024-02-15 2024-02-22 2024-02-29 2024-03-07");

        var status = Look(new(2024, 3, 17));

        Assert.That(
            (status.Sources.Single().QuietDays, status.Sources.Single().Usually, status.Warnings.Count),
            Is.EqualTo((9, "weekly", 0))
        );
    }

    [Test]
    public void One_with_too_little_history_is_not_warned_of()
    {
        Replies("2024-03-01 2024-03-02 2024-03-03 2024-03-04 2024-03-05");

        var status = Look(new(2025, 3, 5));

        Assert.That(
            (status.Sources.Single().QuietDays, status.Sources.Single().Usually, status.Warnings.Count),
            Is.EqualTo((364, (string?)null, 0))
        );
    }

    [Test]
    public void Nothing_that_happens_on_the_as_of_day_or_later_counts()
    {
        Replies("2024-03-01 2024-03-02 2024-03-03 2024-03-04 2024-03-05 2024-03-06 2024-03-16 2024-03-17");

        Assert.That(Look(new(2024, 3, 16)).Sources.Single().QuietDays, Is.EqualTo(9));
    }

    [Test]
    public void Consents_say_no_source_and_count_for_the_only_one_that_yields_them()
    {
        var rows = Enumerable
            .Range(1, 6)
            .Select(day => $"n{day},c{day},marketing,true,2024-03-0{day}T09:00:00Z,mail\n");
        Put("consents/1.csv", Consents + string.Concat(rows));

        var status = Look(new(2024, 3, 16));

        Assert.That(
            status.Warnings,
            Is.EqualTo(["consents: nothing for 9 days, usually daily. See whether its export still runs."])
        );
    }

    Status Look(DateOnly asOf)
    {
        var report = Ingest.Run(_home.Path, new IngestOptions(2));
        Assert.That((report.Rejected, report.Refused.Count()), Is.EqualTo((0, 0)));
        return Status.Read(new Home(_home.Path), asOf, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>One reply a day, at half past eleven in the evening in Sweden.</summary>
    void Replies(string days) =>
        Put("sms_replies/1.csv", Sms + string.Concat(days.Split(' ').Select(day => $"{day};{day} 23:30;c1;vår;ja\n")));

    void Put(string path, string text)
    {
        var file = _home.File("inbox", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
