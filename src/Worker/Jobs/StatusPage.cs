using System.Text.Encodings.Web;
using System.Text.Unicode;
using LeadScoring.Worker.Store;
using Microsoft.AspNetCore.Http;

namespace LeadScoring.Worker.Jobs;

/// <summary>The page that a worker shows to those who look after the home: alarms, freshness, and what runs or ran.</summary>
/// <remarks>It needs no script, holds nothing of any contact, and asks for itself anew every half minute.</remarks>
static class StatusPage
{
    const string Style = """
        :root{color-scheme:light dark;--ground:#eef1f3;--sheet:#fff;--text:#1d2730;--small:#4a5560;--rule:#cfd6dc;--good:#1b6b3a;--bad:#a3260f;--warn:#7a4d00;--bar:#0a5470}
        @media (prefers-color-scheme:dark){:root{--ground:#12181d;--sheet:#1b242b;--text:#edf1f4;--small:#b6c2cc;--rule:#3b4954;--good:#7fd6a0;--bad:#ff9d8a;--warn:#f0c060;--bar:#8fd0ec}}
        body{margin:0;padding:24px 16px;background:var(--ground);color:var(--text);font:16px/1.5 -apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
        main{max-width:1080px;margin:0 auto}
        section{margin:0 0 16px;padding:16px 20px;background:var(--sheet);border-radius:6px}
        h1{margin:0;font-size:24px;line-height:1.3}
        h2{margin:0 0 8px;font-size:18px}
        p{margin:0 0 8px;overflow-wrap:anywhere}
        p:last-child{margin:0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0}
        dt,.small{color:var(--small)}
        dd{margin:0;overflow-wrap:anywhere}
        table{width:100%;border-collapse:collapse;font-size:15px}
        th{color:var(--small);font-weight:600;text-align:left}
        th,td{padding:6px 12px 6px 0;border-top:1px solid var(--rule);vertical-align:top}
        thead th{border:0}
        td{white-space:nowrap;font-variant-numeric:tabular-nums}
        .state{font-weight:600;white-space:nowrap}
        .done{color:var(--good)}
        .dead,.failed{color:var(--bad)}
        .warned,.lapsed{color:var(--warn)}
        td.counts{width:60%;white-space:normal;overflow-wrap:anywhere}
        progress{width:160px;height:10px;accent-color:var(--bar)}
        @media (max-width:800px){
        body{padding:12px 8px}
        section{padding:14px 12px}
        dl{grid-template-columns:1fr;gap:0}
        dd{margin:0 0 8px}
        thead{display:none}
        tbody,table{display:block}
        tr{display:flex;flex-wrap:wrap;gap:2px 14px;padding:8px 0;border-top:1px solid var(--rule)}
        td{border:0;padding:0}
        td.counts{width:100%}
        }
        """;

    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static IResult Answer(Home home, JobSettings settings, TimeZoneInfo zone, DateTime now)
    {
        try
        {
            var view = StatusView.Read(home, settings, now);
            return Page(home, zone, now, Content(view, zone), StatusCodes.Status200OK);
        }
        catch (WorkerException problem)
        {
            var content = Section("Nothing can be shown", $"<p class=\"failed\">{Escape(problem.Message)}</p>");
            return Page(home, zone, now, content, StatusCodes.Status503ServiceUnavailable);
        }
    }

    static string Content(StatusView view, TimeZoneInfo zone) =>
        Section(
            view.Alarms.Count == 0 ? "Nothing to look at" : "To look at",
            view.Alarms.Count == 0
                ? "<p class=\"done\">No unit was given up, and the nights come as they should.</p>"
                : string.Concat(view.Alarms.Select(alarm => $"<p class=\"failed\">{Escape(alarm)}</p>\n"))
        )
        + Section(
            "How fresh it is",
            $"""
            <dl>
            <dt>Last good night</dt><dd>{Escape(Local(view.LastGoodNight, zone) ?? "none yet")}</dd>
            <dt>Scores and lists</dt><dd>{Escape(
                view.ScoredAsOf is { } day ? $"as of {StoreText.Day(day)}" : "none yet"
            )}</dd>
            <dt>Model</dt><dd>{Escape(view.Model ?? "none yet")}</dd>
            <dt>Lake</dt><dd>{Escape(
                Text($"{view.Files:N0} files, {view.Rows:N0} rows, changed {Local(view.LakeChanged, zone) ?? "never"}")
            )}</dd>
            </dl>
            """
        )
        + Section("What runs and ran", Table(view.Lines, zone));

    static string Table(IReadOnlyList<StatusLine> lines, TimeZoneInfo zone) =>
        lines.Count == 0
            ? "<p>Nothing has run yet.</p>"
            : $"""
                <table>
                <thead><tr><th scope="col">Job</th><th scope="col">Day</th><th scope="col">State</th><th scope="col">Begun</th><th scope="col">Took</th><th scope="col">Asked by</th><th scope="col">What came of it</th></tr></thead>
                <tbody>
                {string.Concat(lines.Select(line => Row(line, zone)))}</tbody>
                </table>
                """;

    static string Row(StatusLine line, TimeZoneInfo zone) =>
        $"""
            <tr><td>{Escape(line.Job)}</td><td>{StoreText.Day(line.Day)}</td><td class="state {StoreText.Word(
                line.State
            )}">{Escape(StoreText.Word(line.State))}</td><td>{Escape(
                Local(line.Begun, zone) ?? $"due {Local(line.Due, zone)}"
            )}</td><td>{Escape(line.Seconds is { } seconds ? Text($"{seconds:N0} s") : "")}</td><td>{Escape(
                line.AskedBy
            )}</td><td class="counts">{What(line)}</td></tr>

            """;

    static string What(StatusLine line) =>
        (line.Words.Length > 0 ? $"<div>{Escape(line.Words)}</div>" : "")
        + (
            line.Share is { } share
                ? Text(
                    $"<progress max=\"1\" value=\"{share:0.###}\" aria-label=\"{Escape(line.Job)}\"></progress> {share * 100:0} %"
                )
                : ""
        )
        + (line.Attempts > 1 ? Text($"<div class=\"small\">attempt {line.Attempts}</div>") : "")
        + (
            line.Error is { } error
                ? $"<div class=\"{(line.State is RunState.Lapsed ? "lapsed" : "failed")}\">{Escape(error)}</div>"
                : ""
        );

    static string Section(string title, string content) =>
        $"<section>\n<h2>{Escape(title)}</h2>\n{content.TrimEnd('\n')}\n</section>\n";

    static IResult Page(Home home, TimeZoneInfo zone, DateTime now, string content, int status) =>
        Results.Content(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex">
            <meta http-equiv="refresh" content="30">
            <title>leads: {Escape(Path.GetFileName(home.Path))}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <main>
            <section>
            <h1>{Escape(Path.GetFileName(home.Path))}</h1>
            <p class="small">As it was at {Escape(Local(now, zone)!)}, {Escape(zone.Id)}</p>
            </section>
            {content}</main>
            </body>
            </html>

            """.ReplaceLineEndings("\n"),
            "text/html; charset=utf-8",
            statusCode: status
        );

    static string? Local(DateTime? utc, TimeZoneInfo zone) =>
        utc is { } at ? Text($"{TimeZoneInfo.ConvertTimeFromUtc(at, zone):yyyy-MM-dd HH:mm}") : null;

    static string Text(FormattableString text) => FormattableString.Invariant(text);

    static string Escape(string text) => Encoder.Encode(text);
}
