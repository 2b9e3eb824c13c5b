using System.Globalization;

namespace LeadScoring.Synthetic.Inbox;

/// <summary>One event of the site, before it is written in the export's columns.</summary>
readonly record struct WebEvent(
    long Id,
    int Second,
    string Name,
    string Cookie,
    string UserId,
    string Language,
    Theme Theme,
    int Municipality,
    string Medium,
    string Device,
    int EngagedMilliseconds
);

/// <summary>The site's analytics, GA4-like, one row an event: a gzipped CSV a quarter, the newest quarters as Parquet.</summary>
sealed class WebExport(SourceFiles files, Calendar calendar)
{
    public static readonly string[] Media = ["organic", "cpc", "email", "referral", "social", "direct"];
    public static readonly string[] Events = ["page_view", "search", "download", "video", "event_signup"];

    public static readonly string[] Columns =
    [
        "event_id",
        "event_timestamp",
        "event_name",
        "user_pseudo_id",
        "user_id",
        "page_path",
        "content_group",
        "municipality",
        "traffic_medium",
        "device_category",
        "engagement_time_msec",
    ];

    public void Write(int day, in WebEvent row)
    {
        var instant = calendar.Utc(day, Math.Min(row.Second, 23 * 3600));
        var place = row.Municipality == 0 ? "" : Text(row.Municipality);
        files.Write(
            day,
            Text(row.Id),
            Text((instant - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
            row.Name,
            row.Cookie,
            row.UserId,
            "/" + row.Language + "/" + Themes.Name(row.Theme) + (place.Length == 0 ? "" : "/" + place),
            Themes.Name(row.Theme),
            place,
            row.Medium,
            row.Device,
            Text(row.EngagedMilliseconds)
        );
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
