using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

public sealed class KeepTracesTests
{
    [TestCase("2024-05-20", "2024-01-31 23:00", 1, Description = "three months before May's first day, local midnight")]
    [TestCase("2999-01-01", "2024-02-29 23:00", 2, Description = "a day to come counts as today, 15 June")]
    public void The_first_day_kept_is_counted_back_from_the_as_of_day_but_never_from_a_day_to_come(
        string asOf,
        string from,
        int gone
    )
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("inbox", "sms_replies"));
        File.WriteAllText(
            home.File("inbox", "sms_replies", "s.csv"),
            "reply_id;mottaget;contact_id;campaign;klass\nr1;2024-01-31 23:59;c1;vår;ja\nr2;2024-02-01 00:00;c1;vår;ja\nr3;2024-03-01 00:00;c1;vår;ja\n"
        );
        Ingest.Run(home.Path);

        var retention = KeepTraces.Run(
            new Home(home.Path),
            new HomeSettings { RetentionMonths = 3 },
            DateOnly.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture),
            new FixedTime(),
            TimeSpan.Zero,
            new Progress<StepProgress>(),
            CancellationToken.None
        );

        Assert.That(
            retention.From.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
            Is.EqualTo(from)
        );
        Assert.That(retention.Traces, Is.EqualTo(gone));
        Assert.That(Lake.Open(home.Path).Count(LakeTable.Traces), Is.EqualTo(3 - gone));
    }

    sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 6, 15, 12, 0, 0, TimeSpan.Zero);
    }
}
