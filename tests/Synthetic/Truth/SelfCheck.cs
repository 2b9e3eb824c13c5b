using System.Runtime.InteropServices;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Truth;

/// <summary>One monthly snapshot whose horizon lies in the world.</summary>
/// <param name="Contacts">Known and not moved before it.</param>
/// <param name="Movers">Of them, those who move within the horizon.</param>
/// <param name="Expected">The sum of their true likelihoods.</param>
public sealed record SnapshotCheck(DateOnly Day, int Contacts, int Movers, double Expected);

/// <summary>Compares what really happened with the truth and with rules of thumb, over all snapshots with a closed horizon.</summary>
sealed class SelfCheck(Calendar calendar)
{
    readonly List<bool> moved = [];
    readonly List<float> truth = [];
    readonly List<float> clicks = [];
    readonly List<float> recency = [];
    readonly List<float> settling = [];
    readonly int[] contacts = new int[calendar.Snapshots.Count];
    readonly int[] movers = new int[calendar.Snapshots.Count];
    readonly double[] expected = new double[calendar.Snapshots.Count];

    /// <summary>Adds one contact at one snapshot; the contact's touches must be in the order of time.</summary>
    public void Add(Life life, int index, double likelihood)
    {
        var day = calendar.Snapshots[index].Day;
        if (day + Calendar.HorizonDays > calendar.Days)
            return;
        var moves = life.Path.MovedDay < day + Calendar.HorizonDays;
        contacts[index]++;
        movers[index] += moves ? 1 : 0;
        expected[index] += likelihood;
        moved.Add(moves);
        truth.Add((float)likelihood);
        var (count, views, last) = (0, 0, life.Contact.ArrivalDay - 10_000);
        foreach (var touch in life.Touches)
        {
            if (touch.Day >= day)
                break;
            last = touch.Day;
            count += touch.Click ? 1 : 0;
            views += touch.Settling && touch.Day >= day - 90 ? 1 : 0;
        }
        clicks.Add(count);
        recency.Add(last - day);
        settling.Add(views);
    }

    public IReadOnlyList<SnapshotCheck> Snapshots =>
        [
            .. calendar
                .Snapshots.Select(
                    (s, i) => new SnapshotCheck(calendar.Date(s.Day), contacts[i], movers[i], expected[i])
                )
                .Where(check => check.Contacts > 0),
        ];

    public double OracleAuc => Auc(truth);

    public IReadOnlyDictionary<string, double> NaiveAucs =>
        new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["total clicks"] = Auc(clicks),
            ["recency of the last trace"] = Auc(recency),
            ["housing, jobs and family views in 90 days"] = Auc(settling),
        };

    double Auc(List<float> scores) =>
        RankQuality.Auc(CollectionsMarshal.AsSpan(scores), CollectionsMarshal.AsSpan(moved));
}
