using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Tests.Features;

/// <summary>The slow twin of the kernel: each cell as a plain aggregate over the lake's tables, without order or rings.</summary>
static class FeatureTwin
{
    const string Zone = "'Europe/Stockholm'";

    /// <summary>Each feature at each (contact, as-of); null is "no trace".</summary>
    public static List<double?[]> Cells(Lake lake, IReadOnlyList<Feature> features, FeatureTable rows, ClickRule clicks)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        Load(connection, lake, rows);
        var expressions = features.Select((feature, index) => $"({Expression(feature)})::double as f{index}");
        var sql = $"""
            with seen as (
                select c.contact, c.as_of, t.* exclude (contact)
                from cells c join traces t on t.contact = c.contact and t.at < c.as_of and t.known_at < c.as_of
            ),
            judged as (select s.* replace (s.automated or {IsTooFast(clicks)} as automated) from seen s),
            known as (
                select t.*, lag(t.at) over (partition by t.contact, t.as_of, t.automated order by t.at) as before
                from judged t
            )
            select {string.Join(",\n", expressions)}
            from cells c left join known t on t.contact = c.contact and t.as_of = c.as_of
            group by c.row, c.contact, c.as_of
            order by c.row
            """;
        return [.. connection.Rows("twin", sql, (chunk, row) => Cells(chunk, row, features.Count))];
    }

    static double?[] Cells(Chunk chunk, int row, int count)
    {
        var cells = new double?[count];
        for (var column = 0; column < count; column++)
            cells[column] = (double?)chunk.Value(column, row);
        return cells;
    }

    static string Expression(Feature feature)
    {
        var f = FeatureDefinition.Parse(feature.Name);
        var window = f.Days == 0 ? "true" : $"t.at >= c.as_of - to_days({f.Days})";
        var mine = $"not t.automated and {Of(f)}";
        return f.Measure switch
        {
            Measure.Count => WhenAny($"count_if({mine} and {window})"),
            Measure.Decay => WhenAny(
                $"coalesce(sum(case when {mine} then pow(2, -(epoch_us(c.as_of) - epoch_us(t.at)) / 86400e6 / {f.Days}) end), 0)"
            ),
            Measure.Sum => WhenAny($"coalesce(sum(case when {mine} and {window} then t.value::double end), 0)"),
            Measure.Share => $"count_if({mine} and {window})::double / nullif(count_if(not t.automated "
                + $"and t.{FeatureDefinition.WordOf(f.Dimension)} <> 0 and {window}), 0)",
            Measure.Recency => $"(epoch_us(c.as_of) - max(case when {mine} then epoch_us(t.at) end)) / 86400e6",
            Measure.Last => $"max(case when {mine} and t.value is not null then {{'a': t.at, 'v': t.value}} end).v",
            Measure.ActiveDays => WhenAny(
                $"count(distinct case when not t.automated and {window} then {Local("t.at")}::date end)"
            ),
            Measure.Sessions => WhenAny(
                $"count_if(not t.automated and {window} and (t.before is null or t.at - t.before > interval 30 minutes))"
            ),
            Measure.Kinds => Different("kind", window),
            Measure.Channels => Different("channel", window),
            Measure.Themes => Different("theme", window),
            Measure.Municipalities => Different("municipality", window),
            Measure.Trend => $"count_if(not t.automated and {window})::double / nullif(count_if(not t.automated "
                + $"and t.at < c.as_of - to_days({f.Days}) and t.at >= c.as_of - to_days({4 * f.Days})) / 3.0, 0)",
            Measure.Automated => WhenAny($"count_if(t.automated and {window})"),
            Measure.Tenure => "(epoch_us(c.as_of) - min(case when not t.automated then epoch_us(t.at) end)) / 86400e6",
            Measure.SameMonth =>
                $"count_if(not t.automated and month({Local("t.at")}) = month({Local("c.as_of")}))::double"
                    + " / nullif(count_if(not t.automated), 0)",
            Measure.DeclaredMunicipality => "list_position(["
                + string.Join(", ", FeatureCatalog.MunicipalityLevels)
                + "], max(case when not t.automated and t.municipality <> 0 and t.kind in ("
                + string.Join(
                    ", ",
                    FeaturePlan.DeclaringKinds.Select(k => (int?)LakeWorld.Dictionary.KindCode(k) ?? 999)
                )
                + ") then {'a': t.at, 'm': t.municipality} end).m) - 1",
            Measure.Country => Level("country", feature.Levels),
            Measure.Language => Level("language", feature.Levels),
            Measure.HouseholdSize => OfRegister("max({'a': v.at, 'x': v.household_size}).x", "household_size"),
            Measure.Age => $"year({Local("c.as_of")}) - "
                + OfRegister("max({'a': v.at, 'x': v.birth_year}).x", "birth_year"),
            Measure.Registered => OfRegister("(epoch_us(c.as_of) - min(epoch_us(v.known_at))) / 86400e6", "at"),
        };
    }

    // a burst is all clicks from the first of a stretch to its last, so it is in some stretch that ends with a click
    static string IsTooFast(ClickRule rule)
    {
        if (rule.Window == 0)
            return "false";
        var before = $"interval {rule.Window} microseconds";
        var clicks = Codes(rule.Kinds);
        var burst =
            $"exists (select 1 from seen e where e.contact = s.contact and e.as_of = s.as_of and e.kind in ({clicks}) "
            + $"and e.at between s.at and s.at + {before} and (select count(*) from seen b where b.contact = e.contact "
            + $"and b.as_of = e.as_of and b.kind in ({clicks}) and b.at between e.at - {before} and e.at) >= {rule.Burst})";
        return $"(s.kind in ({clicks}) and (exists (select 1 from seen d where d.contact = s.contact and d.as_of = s.as_of "
            + $"and d.kind in ({Codes(rule.Deliveries)}) and d.at between s.at - {before} and s.at)"
            + (rule.Burst > 0 ? $" or {burst}))" : "))");
    }

    static string Codes(IReadOnlyList<string> kinds) =>
        string.Join(", ", kinds.Select(kind => (int?)LakeWorld.Dictionary.KindCode(kind) ?? 999));

    static string Of(FeatureDefinition f) =>
        f.Dimension switch
        {
            Dimension.None => "true",
            Dimension.Kind => $"t.kind = {LakeWorld.Dictionary.KindCode(f.Value) ?? 999}",
            Dimension.Channel => $"t.channel = {LakeWorld.Dictionary.ChannelCode(f.Value) ?? 999}",
            Dimension.Theme => $"t.theme = {LakeWorld.Dictionary.ThemeCode(f.Value) ?? 999}",
            Dimension.Municipality => $"t.municipality = {f.Value}",
        };

    static string WhenAny(string expression) => $"case when count(t.at) > 0 then {expression} end";

    static string Different(string column, string window) =>
        WhenAny($"count(distinct case when not t.automated and t.{column} <> 0 and {window} then t.{column} end)");

    static string Local(string instant) => $"({instant} at time zone 'UTC' at time zone {Zone})";

    static string Level(string column, IReadOnlyList<string> levels)
    {
        var latest = OfRegister($"max({{'a': v.at, 'x': v.{column}}}).x", column);
        return $"list_position([{string.Join(", ", levels.Select(l => $"'{l}'"))}], {latest}) - 1";
    }

    static string OfRegister(string expression, string column) =>
        $"(select {expression} from contacts v where v.contact = c.contact and v.at < c.as_of and v.known_at < c.as_of and v.{column} is not null)";

    static void Load(Connection connection, Lake lake, FeatureTable rows)
    {
        foreach (var table in (LakeTable[])[LakeTable.Traces, LakeTable.Contacts])
        {
            var files = string.Join(", ", lake.Files(table).Select(file => $"'{file}'"));
            connection.Execute("load", $"create table {LakeLayout.FolderOf(table)} as from read_parquet([{files}])");
        }
        // a municipality of elsewhere is none
        connection.Execute(
            "municipalities",
            $"update traces set municipality = 0 where municipality not in ({string.Join(", ", FeatureCatalog.MunicipalityLevels)})"
        );
        connection.Execute("cells", "create table cells (row int, contact varchar, as_of timestamp)");
        using var appender = connection.Appender("cells");
        for (var row = 0; row < rows.RowCount; row++)
            appender.Append(row).Append(rows.Contacts[row]).Append(rows.AsOf[row]).EndRow();
    }
}
