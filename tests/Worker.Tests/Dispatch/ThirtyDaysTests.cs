using System.Globalization;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Tests.Store;
using MimeKit;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>
/// Thirty days around each clock change and around Midsummer, with nights, dispatches day and night, objections, a week in which
/// a municipality is away and one in which all are: what the policies say holds of the whole history, counted anew from the
/// store's log in the plainest way.
/// </summary>
/// <remarks>The long form lives through the contacts of a synthetic world, on PostgreSQL.</remarks>
[TestFixture("2026-03-16")]
[TestFixture("2026-06-01")]
[TestFixture("2026-10-12")]
[TestFixture("2026-06-01", StoreKind.Postgres, Category = "Endurance")]
public sealed class ThirtyDaysTests
{
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>Public holidays and eves of the windows: Easter from Good Friday to Monday, National Day, Midsummer, All Saints' Day.</summary>
    static readonly DateOnly[] Holidays =
    [
        new(2026, 4, 3),
        new(2026, 4, 4),
        new(2026, 4, 5),
        new(2026, 4, 6),
        new(2026, 6, 6),
        new(2026, 6, 19),
        new(2026, 6, 20),
        new(2026, 10, 31),
    ];

    readonly Func<SimulatedDays> _make;
    SimulatedDays _days = null!;
    List<LoggedMessage> _sent = [];
    List<LoggedPlace> _places = [];

    public ThirtyDaysTests(string first) => _make = () => new RandomDays(Day(first));

    public ThirtyDaysTests(string first, StoreKind store) =>
        _make = () => new WorldDays(Day(first), store, contacts: 4_000);

    [OneTimeSetUp]
    public void Live()
    {
        _days = _make();
        _days.Live(30);
        (_sent, _places) = (_days.History.Sent(), _days.History.Places());
        TestContext.Out.WriteLine(
            $"{_sent.Count} messages, {_places.Count} places, {_days.Objections.Count} objections; {string.Join(", ", _days.History.States())}"
        );
    }

    [OneTimeTearDown]
    public void End() => _days.Dispose();

    [Test]
    public void Much_is_sent_and_every_message_once()
    {
        Assert.That(_sent, Has.Count.GreaterThan(60));
        Assert.That(Outbox(), Is.Unique.And.Count.EqualTo(_sent.Count));
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
        var weeks = _sent.GroupBy(m =>
            (m.Municipality, m.Kind, Monday(TimeZoneInfo.ConvertTimeFromUtc(m.At, Stockholm)))
        );
        foreach (var week in weeks)
            Assert.That(week.Count(), Is.AtMost(_days.Limits.MessagesOf(week.Key.Kind)), $"{week.Key}");
    }

    [Test]
    public void Lists_never_hold_more_than_the_weeks_capacity_and_none_when_nobody_is_there_to_call()
    {
        foreach (var list in _places.GroupBy(place => (place.Week, place.Municipality)))
            Assert.That(list.Count(), Is.AtMost(_days.Limits.PlacesOf(list.Key.Municipality)), $"{list.Key}");
        Assert.That(EnteredIn(_days.ZeroFrom), Is.Empty, "the region is away");
        Assert.That(EnteredIn(_days.AbsentFrom).Where(p => p.Municipality == SimulatedDays.Absent), Is.Empty);
        Assert.That(EnteredIn(_days.AbsentFrom), Is.Not.Empty);
    }

    [Test]
    public void A_small_municipality_gets_its_floor_that_gains_alone_would_not_fill()
    {
        var zero = IsoWeek.Of(_days.ZeroFrom).ToString();
        foreach (var week in _days.SmallByGains.Keys.Where(week => !week.Equals(zero, StringComparison.Ordinal)))
            Assert.That(
                _places.Count(p =>
                    p.Municipality == SimulatedDays.Small && p.Week.Equals(week, StringComparison.Ordinal)
                ),
                Is.EqualTo(_days.Limits.Small),
                week
            );
        Assert.That(_days.SmallByGains, Has.Count.EqualTo(5));
        Assert.That(
            _days.SmallByGains.Where(week => !week.Key.Equals(zero, StringComparison.Ordinal)).Select(w => w.Value),
            Has.Some.LessThan(_days.Limits.Small),
            "else the floor was never needed"
        );
    }

    /// <summary>Of k weeks of x explored places on average, kx to within one; less where nobody was left to try.</summary>
    [Test]
    public void The_explored_get_their_share_of_the_places()
    {
        var explored = _places.Where(place => place.IsExplored).ToList();
        var without = 0;
        foreach (var municipality in Municipality.All.Select(m => m.Code))
        {
            var weeks = municipality == SimulatedDays.Absent ? 3 : 4;
            var share = weeks * _days.Limits.PlacesOf(municipality) * SimulatedDays.Exploration;
            var own = explored.Count(place => place.Municipality == municipality);
            Assert.That(own, Is.AtMost(share + 1), $"{municipality}");
            without += own < share - 1 ? 1 : 0;
        }
        TestContext.Out.WriteLine(
            $"{explored.Count} explored places of {_places.Count}; {without} municipalities had nobody left to try"
        );
    }

    [Test]
    public void Whoever_is_held_out_is_neither_written_to_nor_listed_and_it_is_a_tenth()
    {
        var policies = _days.Policies;
        Assert.That(
            _sent
                .Concat(_days.History.Calls())
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
        var draws = _days
            .Contacts.SelectMany(_ => policies.All, (contact, policy) => (contact, policy))
            .Select(one => Draw.IsHeldOut(one.contact, Stage.Interest, one.policy, _days.Seed))
            .ToList();
        // Of n draws of a tenth four standard deviations: 3.4 hundredths of 1,260.
        Assert.That(
            draws.Count(isHeldOut => isHeldOut) / (double)draws.Count,
            Is.EqualTo(SimulatedDays.HoldOut).Within(4 * Math.Sqrt(0.1 * 0.9 / draws.Count))
        );
    }

    [Test]
    public void After_an_objection_nothing_goes_out()
    {
        Assert.That(_days.Objections, Has.Count.GreaterThan(5));
        Assert.That(_sent.Where(m => _days.Objections.TryGetValue(m.Contact, out var at) && m.At >= at), Is.Empty);
    }

    [Test]
    public void After_sharing_is_taken_back_nobody_is_listed() =>
        Assert.That(
            _places.Where(place =>
                _days.Unshared.TryGetValue(place.Contact, out var at) && place.Entered > DateOnly.FromDateTime(at)
            ),
            Is.Empty
        );

    [Test]
    public void Whatever_is_due_has_ended_or_knows_why_it_waits() =>
        Assert.That(_days.History.Overlooked(_days.Now), Is.Empty);

    IEnumerable<LoggedPlace> EnteredIn(DateOnly monday) =>
        _places.Where(place => place.Entered >= monday && place.Entered <= monday.AddDays(6));

    List<string> Outbox() =>
        [
            .. Directory
                .GetFiles(Path.Combine(_days.Path, "outbox"))
                .Select(file =>
                {
                    using var message = MimeMessage.Load(file);
                    return message.MessageId!;
                }),
        ];

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

    static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
