using System.Globalization;
using System.Text;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>A made-up export of web events, in the order of time, as large as asked for.</summary>
/// <remarks>
/// One event in three belongs to a visitor who has logged in before, so that it names a contact; the others are tied to
/// a contact by the same visitor's later log-in, or never. Contacts are drawn with a skew: a few leave most traces.
/// </remarks>
static class WebEvents
{
    static readonly string[] _kinds = ["page_view", "page_view", "page_view", "scroll", "search", "file_download"];
    static readonly string[] _themes = ["housing", "jobs", "school", "nature", "winter", "travel", "", ""];
    static readonly string[] _media = ["organic", "cpc", "social", "email", "referral", "(none)"];
    static readonly string[] _devices = ["mobile", "desktop", "tablet"];
    static readonly string[] _towns = ["", "", "", "2580", "2581", "2584", "2523", "2506"];

    /// <summary>Writes events <paramref name="from"/> to <paramref name="from"/> + <paramref name="count"/>; gives bytes.</summary>
    internal static long Write(string file, long from, long count, int contacts, int seed)
    {
        using var text = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 20);
        text.NewLine = "\n";
        text.WriteLine(
            "event_id,event_timestamp,event_name,user_pseudo_id,user_id,page_path,content_group,municipality,"
                + "traffic_medium,device_category,engagement_time_msec"
        );
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        for (var row = from; row < from + count; row++)
        {
            var chance = new Random(HashCode.Combine(seed, row));
            var contact = (int)(contacts * Math.Pow(chance.NextDouble(), 2));
            var theme = _themes[chance.Next(_themes.Length)];
            var isKnown = chance.Next(3) == 0;
            text.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"e{row:x12},{(start + (row * 700L)) * 1000},{_kinds[chance.Next(_kinds.Length)]},d{contact:x8}.{contact % 3},{(isKnown ? $"c{contact:x8}" : "")},/{theme}/{chance.Next(500)},{theme},{_towns[chance.Next(_towns.Length)]},{_media[chance.Next(_media.Length)]},{_devices[chance.Next(_devices.Length)]},{(chance.Next(4) == 0 ? "" : chance.Next(90_000))}"
                )
            );
        }
        text.Flush();
        return text.BaseStream.Length;
    }

    /// <summary>Every contact agrees to profiling on the first day.</summary>
    internal static void WriteConsents(string file, int contacts)
    {
        using var text = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 20);
        text.NewLine = "\n";
        text.WriteLine("consent_id,contact_id,purpose,granted,at,provenance");
        for (var contact = 0; contact < contacts; contact++)
            text.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"k{contact:x8},c{contact:x8},profiling,true,2024-01-01T00:00:00Z,form"
                )
            );
    }
}
