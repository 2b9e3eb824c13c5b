using System.Globalization;
using System.Text.Json;

namespace LeadScoring.Ingestion;

/// <summary>Turns the JSON of a home's settings into <see cref="HomeSettings"/> and gathers all that is wrong.</summary>
sealed class HomeSettingsReader
{
    static readonly HomeSettings _defaults = new();

    /// <summary>One line each: where, what was found, what was expected.</summary>
    public List<string> Errors { get; } = [];

    public HomeSettings Read(SettingNode root)
    {
        var fields = Fields(
            root,
            "label",
            "snapshots",
            "timeZone",
            "minimumPositives",
            "mostTrainingRows",
            "retentionMonths",
            "seed",
            "buckets",
            "rejectShare",
            "leaveOut",
            "signals"
        );
        return new HomeSettings
        {
            Label = fields.Value("label", new LabelSettings(), Label),
            Snapshots = fields.Value("snapshots", new SnapshotSettings(), Snapshots),
            TimeZone = fields.Value("timeZone", _defaults.TimeZone, Zone),
            MinimumPositives = fields.Whole("minimumPositives", _defaults.MinimumPositives, 1, 1_000_000),
            MostTrainingRows = fields.Whole("mostTrainingRows", _defaults.MostTrainingRows, 1000, 100_000_000),
            RetentionMonths = fields.Whole("retentionMonths", _defaults.RetentionMonths, 0, 1200),
            Seed = fields.Whole("seed", _defaults.Seed, 0, int.MaxValue),
            Buckets = fields.Whole("buckets", _defaults.Buckets, 1, 100),
            RejectShare = fields.Value("rejectShare", _defaults.RejectShare, Share),
            LeaveOut = fields.Value("leaveOut", _defaults.LeaveOut, Texts),
            Signals = fields.Value("signals", _defaults.Signals, TextByName),
        };
    }

    LabelSettings Label(SettingNode node)
    {
        var fields = Fields(node, "positive", "negative", "horizonDays", "reportingDelayDays");
        var label = new LabelSettings();
        label = label with
        {
            Positive = fields.Value("positive", label.Positive, Texts),
            Negative = fields.Value("negative", label.Negative, Texts),
            HorizonDays = fields.Whole("horizonDays", label.HorizonDays, 1, 3650),
            ReportingDelayDays = fields.Has("reportingDelayDays")
                ? fields.Whole("reportingDelayDays", 0, 0, 3650)
                : null,
        };
        if (label.Positive.Count == 0)
            Errors.Add($"line {node.Line}, {node.Path}.positive: is empty, expected at least one outcome kind");
        if (label.Positive.Intersect(label.Negative, StringComparer.Ordinal).FirstOrDefault() is { } both)
            Errors.Add($"line {node.Line}, {node.Path}: '{both}' is both positive and negative, expected one of them");
        return label;
    }

    SnapshotSettings Snapshots(SettingNode node)
    {
        var fields = Fields(node, "every", "days", "afterFirstTrace", "file");
        if (node.Members.Count > 1)
        {
            Errors.Add(
                $"line {node.Line}, {node.Path}: has {node.Members.Count} fields, "
                    + "expected one of every, days, afterFirstTrace, file"
            );
        }
        return new SnapshotSettings
        {
            Every = fields.Value("every", SnapshotEvery.Month, Every),
            Days = fields.Value("days", [], Days),
            AfterFirstTraceDays = fields.Value("afterFirstTrace", null, DayCount),
            File = fields.Value("file", null, n => Text(n)),
        };
    }

    SnapshotEvery Every(SettingNode node)
    {
        foreach (var every in Enum.GetValues<SnapshotEvery>())
        {
            if (string.Equals(every.ToString(), node.Text, StringComparison.OrdinalIgnoreCase))
                return every;
        }
        return Wrong(node, "week, month, quarter or year", SnapshotEvery.Month);
    }

    IReadOnlyList<DateOnly> Days(SettingNode node) => [.. Items(node, "a list of days").Select(Day).Order()];

    DateOnly Day(SettingNode node) =>
        DateOnly.TryParseExact(node.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Wrong(node, "a day as yyyy-mm-dd", default(DateOnly));

    int? DayCount(SettingNode node) =>
        node.Text.EndsWith('d')
        && int.TryParse(node.Text.AsSpan(0, node.Text.Length - 1), CultureInfo.InvariantCulture, out var days)
        && days is > 0 and <= 3650
            ? days
            : Wrong<int?>(node, "a number of days such as \"28d\"", null);

    TimeZoneInfo Zone(SettingNode node) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(Text(node), out var zone)
            ? zone
            : Wrong(node, "a time zone such as \"Europe/Stockholm\"", _defaults.TimeZone);

    double Share(SettingNode node) =>
        node.Kind == JsonTokenType.Number
        && double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
        && share is >= 0 and <= 1
            ? share
            : Wrong(node, "a number from 0 to 1", _defaults.RejectShare);

    string Text(SettingNode node) =>
        node.Kind == JsonTokenType.String && node.Text.Length > 0 ? node.Text : Wrong(node, "a text", "");

    IReadOnlyList<string> Texts(SettingNode node) => [.. Items(node, "a list of texts").Select(Text)];

    Dictionary<string, string> TextByName(SettingNode node)
    {
        if (node.Kind != JsonTokenType.StartObject)
            return Wrong(node, "an object", new Dictionary<string, string>(StringComparer.Ordinal));
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Members)
            texts[name] = Text(value);
        return texts;
    }

    List<SettingNode> Items(SettingNode node, string expected) =>
        node.Kind == JsonTokenType.StartArray ? node.Items : Wrong(node, expected, new List<SettingNode>());

    T Wrong<T>(SettingNode node, string expected, T instead)
    {
        Errors.Add($"line {node.Line}, {node.Path}: {node.Found}, expected {expected}");
        return instead;
    }

    SettingFields Fields(SettingNode node, params string[] known)
    {
        if (node.Kind != JsonTokenType.StartObject)
            Wrong(node, "an object", 0);
        foreach (var (name, member) in node.Members)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                Errors.Add(
                    $"line {member.Line}, {member.Path}: is no setting{Spelling.DidYouMean(name, known)}"
                        + $" (known here: {string.Join(", ", known)})"
                );
            }
        }
        foreach (var twice in node.Members.GroupBy(m => m.Name, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
            Errors.Add($"line {twice.Last().Node.Line}, {twice.Last().Node.Path}: stands there twice, expected once");
        return new SettingFields(this, node);
    }

    // The fields of one object: the value when the field is there, else the default.
    readonly record struct SettingFields(HomeSettingsReader Reader, SettingNode Node)
    {
        public bool Has(string name) =>
            Node.Members.Exists(member => string.Equals(member.Name, name, StringComparison.Ordinal));

        public T Value<T>(string name, T otherwise, Func<SettingNode, T> read)
        {
            foreach (var (member, node) in Node.Members)
            {
                if (string.Equals(member, name, StringComparison.Ordinal))
                    return read(node);
            }
            return otherwise;
        }

        public int Whole(string name, int otherwise, int least, int most)
        {
            var reader = Reader;
            return Value(
                name,
                otherwise,
                node =>
                    node.Kind == JsonTokenType.Number
                    && int.TryParse(
                        node.Text,
                        NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                    && number >= least
                    && number <= most
                        ? number
                        : reader.Wrong(node, $"a whole number from {least} to {most}", otherwise)
            );
        }
    }
}
