using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Steps.Packed;

/// <summary>Standings; a household's key is kept once, however many live in it.</summary>
sealed class PackedStandings(ContactNumbers contacts) : PackedFacts<Standing>(contacts)
{
    readonly List<string> _households = [];
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    protected override void Pack(Standing value, PackedWriter into)
    {
        into.Add((value.MayScore ? 1 : 0) + (value.MayShare ? 2 : 0) + (value.MissedAt is null ? 0 : 4));
        into.Add(value.Household is { } household ? Number(household) + 1 : 0);
        into.Add(value.DeclinedBy.Count);
        foreach (var municipality in value.DeclinedBy)
            into.Add(municipality);
        if (value.MissedAt is { } at)
            into.Add((ulong)at.Ticks);
    }

    protected override Standing Unpack(ref PackedReader from)
    {
        var (rights, household) = (from.Next(), from.Next());
        var declined = new int[from.Next()];
        for (var i = 0; i < declined.Length; i++)
            declined[i] = from.Next();
        return new(
            (rights & 1) != 0,
            (rights & 2) != 0,
            household == 0 ? null : _households[household - 1],
            declined,
            (rights & 4) == 0 ? null : new DateTime((long)from.NextLong(), DateTimeKind.Utc)
        );
    }

    int Number(string household)
    {
        if (_numbers.TryGetValue(household, out var number))
            return number;
        _numbers.Add(household, _households.Count);
        _households.Add(household);
        return _households.Count - 1;
    }
}

/// <summary>Evidence, of whole counts.</summary>
sealed class PackedEvidence(ContactNumbers contacts) : PackedFacts<IReadOnlyList<MunicipalityEvidence>>(contacts)
{
    protected override void Pack(IReadOnlyList<MunicipalityEvidence> value, PackedWriter into)
    {
        into.Add(value.Count);
        foreach (var one in value)
        {
            into.Add(one.Municipality * 2 + (one.IsPreferred ? 1 : 0));
            into.AddWhole(one.Views);
            into.AddWhole(one.RecentViews);
            into.AddWhole(one.Inquiries);
            into.AddWhole(one.Answers);
        }
    }

    protected override IReadOnlyList<MunicipalityEvidence> Unpack(ref PackedReader from)
    {
        var all = new MunicipalityEvidence[from.Next()];
        for (var i = 0; i < all.Length; i++)
        {
            var place = from.Next();
            all[i] = new(
                place / 2,
                from.NextLong(),
                from.NextLong(),
                from.NextLong(),
                from.NextLong(),
                IsPreferred: place % 2 == 1
            );
        }
        return all;
    }
}

/// <summary>Signals in the order in which they came.</summary>
sealed class PackedSignals(ContactNumbers contacts) : PackedFacts<IReadOnlyList<Signal>>(contacts)
{
    protected override void Pack(IReadOnlyList<Signal> value, PackedWriter into)
    {
        into.Add(value.Count);
        foreach (var one in value)
        {
            into.Add((int)one.Kind * 2 + (one.Automated ? 1 : 0));
            into.Add((ulong)one.At.Ticks);
            into.Add(one.Municipality);
        }
    }

    protected override IReadOnlyList<Signal> Unpack(ref PackedReader from)
    {
        var all = new Signal[from.Next()];
        for (var i = 0; i < all.Length; i++)
        {
            var kind = from.Next();
            var at = new DateTime((long)from.NextLong(), DateTimeKind.Utc);
            all[i] = new((SignalKind)(kind / 2), at, from.Next(), Automated: kind % 2 == 1);
        }
        return all;
    }
}

/// <summary>Days of life in rising order, each as its distance from the one before.</summary>
sealed class PackedSeasons(ContactNumbers contacts) : PackedFacts<Seasons>(contacts)
{
    protected override void Pack(Seasons value, PackedWriter into)
    {
        into.Add(value.Days.Count);
        var before = 0;
        foreach (var day in value.Days)
        {
            into.Add(day.DayNumber - before);
            before = day.DayNumber;
        }
    }

    protected override Seasons Unpack(ref PackedReader from)
    {
        var days = new DateOnly[from.Next()];
        var before = 0;
        for (var i = 0; i < days.Length; i++)
            days[i] = DateOnly.FromDayNumber(before += from.Next());
        return new(days);
    }
}
