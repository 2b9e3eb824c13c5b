using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Synthetic.Inbox;

/// <summary>The ten sources of a home's inbox, each in the dialect its product exports.</summary>
sealed class ExportInbox : IDisposable
{
    const string WebTypes =
        "{event_id: 'VARCHAR', event_timestamp: 'BIGINT', event_name: 'VARCHAR', user_pseudo_id: 'VARCHAR', user_id: 'VARCHAR',"
        + " page_path: 'VARCHAR', content_group: 'VARCHAR', municipality: 'VARCHAR', traffic_medium: 'VARCHAR',"
        + " device_category: 'VARCHAR', engagement_time_msec: 'INTEGER'}";

    readonly string folder;
    readonly Calendar calendar;

    public ExportInbox(string folder, Calendar calendar)
    {
        this.folder = folder;
        this.calendar = calendar;
        var newest = calendar.End.AddMonths(-6);
        Func<DateOnly, Dialect> Older(Dialect dialect) => next => next <= newest ? dialect.Gzipped() : dialect;
        WebFiles = Files(
            "web_analytics",
            3,
            WebExport.Columns,
            next => next <= newest ? Dialect.Plain.Gzipped() : Dialect.Parquet
        );
        Newsletter = Files("newsletter", 3, Columns.Newsletter, Older(Dialect.Spreadsheet));
        LeadForms = Files("lead_forms", 6, Columns.LeadForms, next => next <= newest ? Dialect.Plain : Dialect.Utf16);
        FairTalks = Files("fair_talks", 6, Columns.FairTalks, _ => Dialect.Spreadsheet);
        Inquiries = Files("eures_inquiries", 6, Columns.Inquiries, _ => Dialect.Plain);
        Answers = Files("relocation_answers", 6, [], Older(Dialect.NdJson));
        SmsReplies = Files("sms_replies", 6, Columns.SmsReplies, _ => Dialect.Latin1);
        Contacts = Files("crm_contacts", 6, Columns.Contacts, _ => Dialect.Plain);
        Consents = Files("consents", 6, Columns.Consents, Older(Dialect.Plain));
        Outcomes = Files("outcomes", 6, Columns.Outcomes, _ => Dialect.Semicolons);
        Web = new(WebFiles, calendar);
        All =
        [
            WebFiles,
            Newsletter,
            LeadForms,
            FairTalks,
            Inquiries,
            Answers,
            SmsReplies,
            Contacts,
            Consents,
            Outcomes,
        ];
    }

    public WebExport Web { get; }

    public SourceFiles Newsletter { get; }

    public SourceFiles LeadForms { get; }

    public SourceFiles FairTalks { get; }

    public SourceFiles Inquiries { get; }

    public SourceFiles Answers { get; }

    public SourceFiles SmsReplies { get; }

    public SourceFiles Contacts { get; }

    public SourceFiles Consents { get; }

    public SourceFiles Outcomes { get; }

    public IReadOnlyList<SourceFiles> All { get; }

    SourceFiles WebFiles { get; }

    public void Finish(Connection connection)
    {
        foreach (var source in All)
            source.Finish(connection, WebTypes);
    }

    /// <summary>Every file with its rows.</summary>
    public IReadOnlyList<WrittenFile> Written() =>
        [.. All.SelectMany(source => source.Files.Select(file => new WrittenFile(source.Name, file.Name, file.Rows)))];

    public void Dispose()
    {
        foreach (var source in All)
            source.Dispose();
    }

    SourceFiles Files(string name, int months, string[] columns, Func<DateOnly, Dialect> dialect) =>
        new(Path.Combine(folder, name), calendar, months, columns, dialect);
}
