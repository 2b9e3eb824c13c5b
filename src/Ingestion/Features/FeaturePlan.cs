namespace LeadScoring.Ingestion.Features;

/// <summary>One column of a plan: where its numbers stand in the kernel's tallies.</summary>
/// <param name="Slot">Slot of its (dimension, value), or behind all slots that of its <see cref="Tally"/>.</param>
/// <param name="Ring">Its window: the traces of rings 0 to this.</param>
/// <param name="WiderRing">Trend: the window four times as long.</param>
/// <param name="HalfLife">Decay: which half-life.</param>
/// <param name="NoneSlot">Slot of the traces without a value in its dimension.</param>
readonly record struct PlannedFeature(Measure Measure, int Slot, int Ring, int WiderRing, int HalfLife, int NoneSlot);

/// <summary>Dimensions that a half-life is asked for, besides all traces.</summary>
[Flags]
enum DecayedDimension
{
    None = 0,
    Kind = 1,
    Channel = 2,
    Theme = 4,
    Municipality = 8,
}

/// <summary>A list of features laid out for the kernel: immutable, shared by all threads of a build.</summary>
/// <remarks>
/// The windows of all features cut the time before a cut-off into rings (0 to 7 days, 7 to 30, ...), the last one
/// without end; a window is the sum of the rings up to its edge, so each trace is tallied once whatever the windows.
/// </remarks>
sealed class FeaturePlan
{
    readonly int[] _ringDays;
    readonly int[] _halfLifeDays;

    public FeaturePlan(IReadOnlyList<Feature> features, SlotTable slots, LocalCalendar calendar)
    {
        Features = features;
        Slots = slots;
        Calendar = calendar;
        var definitions = features.Select(feature => FeatureDefinition.Parse(feature.Name)).ToArray();
        _ringDays = [.. definitions.SelectMany(Windows).Distinct().Order(), FeatureDefinition.AllTime];
        var decays = definitions.Where(d => d.Measure == Measure.Decay).ToArray();
        _halfLifeDays = [.. decays.Select(d => d.Days).Distinct().Order()];
        RingEnds = [.. _ringDays.Select(days => days == 0 ? long.MaxValue : days * LocalCalendar.Day)];
        DecayedDimensions =
        [
            .. Enumerable
                .Range(0, (_halfLifeDays.Length + HalfLives.Lanes - 1) / HalfLives.Lanes)
                .Select(group =>
                    decays
                        .Where(d => Array.IndexOf(_halfLifeDays, d.Days) / HalfLives.Lanes == group)
                        .Aggregate(default(DecayedDimension), (all, d) => all | Flag(d.Dimension))
                ),
        ];
        CountsDifferent = [.. _ringDays.Select(days => definitions.Any(d => IsDifferent(d.Measure) && d.Days == days))];
        var sums = definitions.Where(d => d.Measure == Measure.Sum).Select(d => d.Days).ToHashSet();
        SumRings = [.. Enumerable.Range(0, _ringDays.Length).Where(ring => sums.Contains(_ringDays[ring]))];
        Planned = [.. definitions.Select(Plan)];
        Order = PlacesOf(Planned);
        AnyValues = definitions.Any(d => d.Measure is Measure.Sum or Measure.Last);
        DeclaringSlots = [.. DeclaringKinds.Select(kind => slots.Of(Dimension.Kind, kind))];
    }

    /// <summary>How many numbers of <see cref="Tally"/> there are.</summary>
    public const int TallyNumbers = (int)Tally.Municipalities + 1;

    /// <summary>Kinds whose municipality is the contact's own word, not what a page was about.</summary>
    public static IReadOnlyList<string> DeclaringKinds { get; } = ["answer", "form_submit", "inquiry", "fair_talk"];

    public IReadOnlyList<Feature> Features { get; }
    public SlotTable Slots { get; }
    public LocalCalendar Calendar { get; }

    /// <summary>Which clicks are a machine's by their time.</summary>
    public ClickCodes Clicks { get; init; } = ClickCodes.None;

    public PlannedFeature[] Planned { get; }

    /// <summary>The columns in the order of their numbers in the tallies: counts, shares, recencies, and all others.</summary>
    public int[] Order { get; }

    /// <summary>Age in µs at which each ring ends (excluded from it), ascending; the last is <see cref="long.MaxValue"/>.</summary>
    public long[] RingEnds { get; }

    /// <summary>Half-lives in days, ascending.</summary>
    public IReadOnlyList<int> HalfLifeDays => _halfLifeDays;

    /// <summary>The dimensions that are decayed with the half-lives of each group.</summary>
    public DecayedDimension[] DecayedDimensions { get; }

    /// <summary>Rings whose window is asked for different kinds, channels, themes or municipalities.</summary>
    public bool[] CountsDifferent { get; }

    /// <summary>Rings whose window is asked for sums of values, ascending.</summary>
    public int[] SumRings { get; }

    /// <summary>True when a feature needs the traces' values.</summary>
    public bool AnyValues { get; }

    /// <summary>Slots of <see cref="DeclaringKinds"/>.</summary>
    public int[] DeclaringSlots { get; }

    /// <summary>The levels of a categorical feature by name, or none when it is not planned.</summary>
    public Dictionary<string, int> Levels(string feature) =>
        (Features.FirstOrDefault(f => string.Equals(f.Name, feature, StringComparison.Ordinal))?.Levels ?? [])
            .Select((level, code) => (level, code))
            .ToDictionary(l => l.level, l => l.code, StringComparer.Ordinal);

    /// <summary>The dimensions that half-lives are asked for, in the order of their slots.</summary>
    public static IReadOnlyList<Dimension> Decayable { get; } =
    [Dimension.Kind, Dimension.Channel, Dimension.Theme, Dimension.Municipality];

    public static DecayedDimension Flag(Dimension dimension) =>
        dimension switch
        {
            Dimension.Kind => DecayedDimension.Kind,
            Dimension.Channel => DecayedDimension.Channel,
            Dimension.Theme => DecayedDimension.Theme,
            Dimension.Municipality => DecayedDimension.Municipality,
            Dimension.None => default,
        };

    static IEnumerable<int> Windows(FeatureDefinition definition)
    {
        if (MeasureRule.Of(definition.Measure).Window == WindowRule.None || definition.Measure == Measure.Decay)
            yield break;
        if (definition.Days != FeatureDefinition.AllTime)
            yield return definition.Days;
        if (definition.Measure == Measure.Trend)
            yield return 4 * definition.Days;
    }

    /// <summary>True for what is counted in a window, traces or others.</summary>
    public static bool IsCount(Measure measure) => measure == Measure.Count || TallyOf(measure) is not null;

    // by kind, window and slot
    static int[] PlacesOf(PlannedFeature[] planned)
    {
        var order = new int[planned.Length];
        var keys = new long[planned.Length];
        for (var column = 0; column < planned.Length; column++)
        {
            var (kind, ring) = (KindOfPlace(planned[column].Measure), planned[column].Ring);
            (order[column], keys[column]) = (column, ((long)((kind << 16) | ring) << 32) | (uint)planned[column].Slot);
        }
        Array.Sort(keys, order);
        return order;
    }

    static int KindOfPlace(Measure measure) =>
        measure switch
        {
            Measure.Share => 1,
            Measure.Recency => 2,
            _ => IsCount(measure) ? 0 : 3 + (int)measure,
        };

    static bool IsDifferent(Measure measure) => TallyOf(measure) >= Tally.Kinds;

    /// <summary>Which number of a window a measure is, or null when it is a slot's or none.</summary>
    public static Tally? TallyOf(Measure measure) =>
        measure switch
        {
            Measure.ActiveDays => Tally.Days,
            Measure.Sessions => Tally.Sessions,
            Measure.Automated => Tally.Automated,
            Measure.Kinds => Tally.Kinds,
            Measure.Channels => Tally.Channels,
            Measure.Themes => Tally.Themes,
            Measure.Municipalities => Tally.Municipalities,
            _ => null,
        };

    PlannedFeature Plan(FeatureDefinition definition)
    {
        var (measure, dimension) = (definition.Measure, definition.Dimension);
        var decays = measure == Measure.Decay;
        return new PlannedFeature(
            measure,
            TallyOf(measure) is { } tally ? Slots.Total + (int)tally : Slots.Of(dimension, definition.Value),
            decays ? 0 : Array.IndexOf(_ringDays, definition.Days),
            measure == Measure.Trend ? Array.IndexOf(_ringDays, 4 * definition.Days) : 0,
            decays ? Array.IndexOf(_halfLifeDays, definition.Days) : 0,
            dimension == Dimension.None ? 0 : Slots.Range(dimension).First
        );
    }
}
