using System.Globalization;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Tests.Steps;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>
/// Thirty days around each clock change, with nights, dispatches day and night, objections, an absence: what the policies
/// say holds of the whole history, counted anew from the store's log in the plainest way.
/// </summary>
[TestFixture("2026-03-16")]
[TestFixture("2026-10-12")]
public sealed class ThirtyDaysTests(string first)
{
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>Public holidays and eves of the two windows: Easter from Good Friday to Monday, All Saints' Day.</summary>
    static readonly DateOnly[] Holidays =
    [
        new(2026, 4, 3),
        new(2026, 4, 4),
        new(2026, 4, 5),
        new(2026, 4, 6),
        new(2026, 10, 31),
    ];

    readonly SimulatedDays _days = new(DateOnly.ParseExact(first, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    List<LoggedMessage> _sent = [];

    [OneTimeSetUp]
    public void Live()
    {
        _days.Live(30);
        _sent = _days.Sent();
        TestContext.Out.WriteLine($"{_sent.Count} messages, {string.Join(", ", _days.States())}");
    }

    [OneTimeTearDown]
    public void End() => _days.Dispose();

    [Test]
    public void Much_is_sent_and_every_message_once()
    {
        Assert.That(_sent, Has.Count.GreaterThan(60));
        Assert.That(_days.Messages, Is.Unique.And.Count.EqualTo(_sent.Count));
    }

    [Test]
    public void Nothing_goes_out_in_quiet_hours_or_on_holidays()
    {
        foreach (var local in _sent.Select(message => TimeZoneInfo.ConvertTimeFromUtc(message.At, Stockholm)))
        {
            Assert.That(local.TimeOfDay, Is.InRange(new TimeSpan(2, 30, 0), new TimeSpan(20, 59, 59)), $"{local:s}");
            Assert.That(DateOnly.FromDateTime(local), Is.Not.AnyOf(Holidays), $"{local:s}");
        }
    }

    [Test]
    public void No_contact_and_no_household_gets_more_than_its_caps()
    {
        foreach (var own in _sent.GroupBy(message => message.Contact, StringComparer.Ordinal))
            HoldsCaps([.. own.Select(message => message.At)], 1, 2, 4, own.Key);
        foreach (
            var home in _sent.Where(m => m.Household is not null).GroupBy(m => m.Household, StringComparer.Ordinal)
        )
            HoldsCaps([.. home.Select(message => message.At)], 1, 3, 5, home.Key!);
    }

    [Test]
    public void No_municipality_does_more_of_a_kind_in_a_week_than_it_may()
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["email"] = 6,
            ["question"] = 4,
            ["invitation"] = 2,
        };
        var weeks = _sent.GroupBy(m =>
            (m.Municipality, m.Kind, Monday(TimeZoneInfo.ConvertTimeFromUtc(m.At, Stockholm)))
        );
        foreach (var week in weeks)
            Assert.That(week.Count(), Is.AtMost(limits[week.Key.Kind]), $"{week.Key}");
    }

    [Test]
    public void Lists_keep_within_capacity_and_small_municipalities_get_their_floor()
    {
        var places = _days.Places();
        foreach (var list in places.GroupBy(place => (place.Week, place.Municipality)))
            Assert.That(list.Count(), Is.AtMost(list.Key.Municipality == SimulatedDays.Small ? 1 : 2), $"{list.Key}");
        var weeks = places.Select(place => place.Week).Distinct(StringComparer.Ordinal).ToList();
        var served = places.Where(place => place.Municipality == SimulatedDays.Small).Select(place => place.Week);
        Assert.That(weeks, Is.SubsetOf(served), "a small municipality has somebody to call every week");
        Assert.That(
            places.Where(p =>
                p.Municipality == SimulatedDays.Absent && p.Entered >= _days.AbsentFrom && p.Entered <= _days.AbsentTo
            ),
            Is.Empty,
            "nobody is there to call"
        );
    }

    [Test]
    public void Whoever_is_held_out_is_neither_written_to_nor_listed_and_it_is_a_tenth()
    {
        var policies = _days.Policies;
        Assert.That(
            _sent
                .Concat(_days.Calls())
                .Where(m =>
                    m.Municipality != 0
                    && Draw.IsHeldOut(
                        new ContactId(m.Contact),
                        Enum.Parse<Stage>(m.Stage, ignoreCase: true),
                        policies.For(m.Municipality),
                        _days.Seed
                    )
                ),
            Is.Empty
        );
        Assert.That(_days.HeldOutPlaces, Is.Empty);
        var draws = RandomNights
            .Ids(SimulatedDays.Contacts)
            .SelectMany(_ => policies.All, (contact, policy) => (contact, policy))
            .Select(one => Draw.IsHeldOut(one.contact, Stage.Interest, one.policy, _days.Seed))
            .ToList();
        // 1,260 draws of a tenth: four standard deviations are 3.4 hundredths.
        Assert.That(draws.Count(isHeldOut => isHeldOut) / (double)draws.Count, Is.EqualTo(0.1).Within(0.034));
    }

    [Test]
    public void After_an_objection_nothing_goes_out()
    {
        Assert.That(_days.Objections, Has.Count.GreaterThan(5));
        Assert.That(_sent.Where(m => _days.Objections.TryGetValue(m.Contact, out var at) && m.At >= at), Is.Empty);
    }

    [Test]
    public void Whatever_is_due_has_ended_or_knows_why_it_waits() => Assert.That(_days.Overlooked(), Is.Empty);

    static void HoldsCaps(DateTime[] sent, int day, int week, int month, string whose)
    {
        foreach (
            var (most, window) in ((int, TimeSpan)[])
                [(day, TimeSpan.FromDays(1)), (week, TimeSpan.FromDays(7)), (month, TimeSpan.FromDays(30))]
        )
        foreach (var at in sent)
            Assert.That(
                sent.Count(other => other >= at && other < at + window),
                Is.AtMost(most),
                $"{whose} from {at:O} in {window}"
            );
    }

    static DateOnly Monday(DateTime local) => DateOnly.FromDateTime(local).AddDays(-(((int)local.DayOfWeek + 6) % 7));
}
