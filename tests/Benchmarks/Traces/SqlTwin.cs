using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>The same features as one SQL aggregate over a bucket's views: what they cost there, and what they are to be.</summary>
/// <remarks>
/// Every window is a condition within an aggregate, so that the traces are read once; sessions need each trace's
/// predecessor, different days and words need distinct aggregates.
/// </remarks>
sealed class SqlTwin(LakeDictionary dictionary, DateTime asOf)
{
    static readonly string[] _declaring = ["answer", "form_submit", "inquiry", "fair_talk"];

    static readonly ClickRule _clicks = MachineRules.BuiltIn.Clicks;

    readonly string _asOf = string.Create(CultureInfo.InvariantCulture, $"timestamp '{asOf:yyyy-MM-dd HH:mm:ss}'");

    /// <summary>Contact, then one column a feature as double; null is "no trace". Needs the table <c>people</c>.</summary>
    public string Select(IReadOnlyList<Feature> features) =>
        $"""
            with {TooFast},
            known as (
                select *, lag("at") over (partition by contact, automated order by "at") as before
                from (
                    select * exclude (is_fast) replace (automated or coalesce(is_fast, false) as automated)
                    from traces
                    left join too_fast using (contact, "at", kind)
                )
                where "at" < {_asOf} and known_at < {_asOf}
            ),
            register as (
                select
                    contact,
                    max(case when country is not null then {Latest("country")} end).x as country,
                    max(case when language is not null then {Latest("language")} end).x as language,
                    max(case when household_size is not null then {Latest("household_size")} end).x as household_size,
                    max(case when birth_year is not null then {Latest("birth_year")} end).x as birth_year,
                    min("at") as "at"
                from contacts
                where "at" < {_asOf}
                group by contact
            ),
            tallied as (
                select
                    contact,
                    {string.Join(
                ",\n",
                features.Select((feature, index) => (feature, index)).Where(f => !OfContact(f.feature)).Select(f =>
                    $"({OfTraces(FeatureDefinition.Parse(f.feature.Name))})::double as f{f.index}"
                )
            )}
                from known t
                group by contact
            )
            select contact, {string.Join(
                ", ",
                features.Select(
                    (feature, index) => OfContact(feature) ? $"({OfRegister(feature)})::double" : $"f{index}"
                )
            )}
            from people
            left join tallied using (contact)
            left join register v using (contact)
            """;

    /// <summary>A hundred counts and nothing else, of the windows and dimensions of the features.</summary>
    public string Counts()
    {
        var columns = new List<string>();
        foreach (var days in (int[])[7, 30, 90, 365, 100_000])
        {
            Add("kind", Enumerable.Range(0, dictionary.Kinds.Count));
            Add("channel", Enumerable.Range(0, dictionary.Channels.Count));
            Add("theme", Enumerable.Range(0, dictionary.Themes.Count));
            Add("municipality", [2580, 2581, 2584, 2523, 2506]);

            void Add(string column, IEnumerable<int> codes) =>
                columns.AddRange(codes.Select(code => $"count_if({column} = {code} and {Within(days)})"));
        }
        return $"select contact, {string.Join(", ", columns)} from traces t where not automated and \"at\" < {_asOf} and known_at < {_asOf} group by contact";
    }

    /// <summary>Clicks that are a machine's by their time, as <c>too_fast</c>.</summary>
    string TooFast =>
        $"""
            mails as (
                select
                    contact,
                    "at",
                    kind,
                    count_if({Among(_clicks.Deliveries)}) over just_before > 0 as is_delivered,
                    if({Among(_clicks.Kinds)}, count_if({Among(_clicks.Kinds)}) over just_before, 0) as clicks
                from traces
                where "at" < {_asOf} and known_at < {_asOf} and {Among([.. _clicks.Kinds, .. _clicks.Deliveries])}
                window just_before as (
                    partition by contact order by "at" range between {Window} preceding and current row
                )
            ),
            judged as (
                select
                    *,
                    max(clicks) over (
                        partition by contact order by "at" range between current row and {Window} following
                    ) as most
                from mails
            ),
            too_fast as (
                select distinct contact, "at", kind, true as is_fast
                from judged
                where {Among(_clicks.Kinds)} and (is_delivered or most >= {_clicks.Burst})
            )
            """;

    static string Window => string.Create(CultureInfo.InvariantCulture, $"interval {_clicks.Window} microseconds");

    string Among(IReadOnlyList<string> kinds) => $"kind in ({string.Join(", ", kinds.Select(Kind))})";

    static string Latest(string column) => $"{{'a': \"at\", 'x': {column}}}";

    static bool OfContact(Feature feature) => FeatureDefinition.Parse(feature.Name).Measure >= Measure.Country;

    string OfRegister(Feature feature) =>
        FeatureDefinition.Parse(feature.Name).Measure switch
        {
            Measure.Country => Level("v.country", feature.Levels),
            Measure.Language => Level("v.language", feature.Levels),
            Measure.HouseholdSize => "v.household_size",
            Measure.Age => $"year({Local(_asOf)}) - v.birth_year",
            _ => $"(epoch_us({_asOf}) - epoch_us(v.\"at\")) / 86400e6",
        };

    static string Level(string column, IReadOnlyList<string> levels) =>
        $"list_position([{string.Join(", ", levels.Select(LakeViews.Quoted))}]::varchar[], {column}) - 1";

    string OfTraces(FeatureDefinition f)
    {
        var mine = $"not automated and {Of(f)}";
        var window = Within(f.Days);
        return f.Measure switch
        {
            Measure.Count => $"count_if({mine} and {window})",
            Measure.Decay =>
                $"coalesce(sum(case when {mine} then pow(2, -(epoch_us({_asOf}) - epoch_us(t.\"at\")) / 86400e6 / {f.Days}) end), 0)",
            Measure.Sum => $"coalesce(sum(case when {mine} and {window} then value::double end), 0)",
            Measure.Share =>
                $"count_if({mine} and {window})::double / nullif(count_if(not automated and {FeatureDefinition.WordOf(f.Dimension)} <> 0 and {window}), 0)",
            Measure.Recency => $"(epoch_us({_asOf}) - max(case when {mine} then epoch_us(t.\"at\") end)) / 86400e6",
            Measure.Last => $"max(case when {mine} and value is not null then {{'a': t.\"at\", 'v': value}} end).v",
            Measure.ActiveDays =>
                $"count(distinct case when not automated and {window} then {Local("t.\"at\"")}::date end)",
            Measure.Sessions =>
                $"count_if(not automated and {window} and (before is null or t.\"at\" - before > interval 30 minutes))",
            Measure.Kinds => Different("kind", window),
            Measure.Channels => Different("channel", window),
            Measure.Themes => Different("theme", window),
            Measure.Municipalities => Different("municipality", window),
            Measure.Trend =>
                $"count_if(not automated and {window})::double / nullif(count_if(not automated and not {window} and {Within(4 * f.Days)}) / 3.0, 0)",
            Measure.Automated => $"count_if(automated and {window})",
            Measure.Tenure =>
                $"(epoch_us({_asOf}) - min(case when not automated then epoch_us(t.\"at\") end)) / 86400e6",
            Measure.SameMonth =>
                $"count_if(not automated and month({Local("t.\"at\"")}) = month({Local(_asOf)}))::double / nullif(count_if(not automated), 0)",
            Measure.DeclaredMunicipality =>
                $"list_position([{string.Join(", ", FeatureCatalog.MunicipalityLevels)}], max(case when not automated and municipality <> 0 and kind in ({string.Join(", ", _declaring.Select(Kind))}) then {{'a': t.\"at\", 'm': municipality}} end).m) - 1",
            _ => throw new InvalidOperationException($"{f.Name} is not of the traces."),
        };
    }

    string Within(int days) =>
        days is FeatureDefinition.AllTime or >= 100_000 ? "true" : $"t.\"at\" >= {_asOf} - to_days({days})";

    static string Different(string column, string window) =>
        $"count(distinct case when not automated and {column} <> 0 and {window} then {column} end)";

    string Of(FeatureDefinition f) =>
        f.Dimension switch
        {
            Dimension.None => "true",
            Dimension.Kind => $"kind = {Kind(f.Value)}",
            Dimension.Channel => $"channel = {dictionary.ChannelCode(f.Value) ?? ushort.MaxValue}",
            Dimension.Theme => $"theme = {dictionary.ThemeCode(f.Value) ?? ushort.MaxValue}",
            Dimension.Municipality => $"municipality = {f.Value}",
        };

    int Kind(string kind) => dictionary.KindCode(kind) ?? ushort.MaxValue;

    static string Local(string instant) => $"({instant} at time zone 'UTC' at time zone 'Europe/Stockholm')";
}
