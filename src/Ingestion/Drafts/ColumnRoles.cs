using System.Text.RegularExpressions;

namespace LeadScoring.Ingestion.Drafts;

/// <summary>Which columns of an unknown file say when, who, what and where, judged by names and by what they hold.</summary>
/// <param name="Identity">The file's own id of a row: filled and never twice.</param>
sealed partial record ColumnRoles(
    ColumnGuess? Time,
    ColumnGuess? Contact,
    ColumnGuess? Email,
    ColumnGuess? Phone,
    ColumnGuess? Visitor,
    ColumnGuess? Kind,
    ColumnGuess? Municipality,
    ColumnGuess? Identity
)
{
    public bool HasPerson => (Contact ?? Email ?? Phone ?? Visitor) is not null;

    public static ColumnRoles Of(IReadOnlyList<ColumnGuess> columns)
    {
        var email = columns.FirstOrDefault(column => column.Values > 0 && column.Addresses * 10 >= column.Values * 9);
        var contact = Named(columns, ContactName(), column => column.Addresses == 0 && !column.IsTime);
        var phone = Named(columns, PhoneName(), column => !column.IsTime);
        var visitor = Named(columns, VisitorName(), column => column.Addresses == 0 && column != contact);
        if (contact is not null)
            (email, phone, visitor) = (null, null, null);
        else if (email is not null || phone is not null)
            visitor = null;
        var time = columns
            .Where(column => column.IsTime)
            .OrderByDescending(column => TimeRank(column))
            .ThenBy(column => column.Name.Length)
            .FirstOrDefault();
        var identity = columns
            .Where(column => column.IsDistinct && column.Values > 1 && IdentityName().IsMatch(column.Name))
            .Where(column => column != contact && column != email && column != visitor && column != time)
            .OrderBy(column => column.Name.Length)
            .FirstOrDefault();
        return new(
            time,
            contact,
            email,
            phone,
            visitor,
            Named(columns, KindName(), column => column.HasFewWords && column != time && column != identity),
            Named(columns, MunicipalityName(), column => column.HasFewWords),
            identity
        );
    }

    static ColumnGuess? Named(IReadOnlyList<ColumnGuess> columns, Regex name, Func<ColumnGuess, bool> fits) =>
        columns.FirstOrDefault(column => column.Values > 0 && name.IsMatch(column.Name) && fits(column));

    /// <summary>When it happened, to the minute if it can be, rather than when a record was copied, changed or begun.</summary>
    static int TimeRank(ColumnGuess column) =>
        (column.IsFilled ? 2 : 0)
        + (TimeCandidates.IsTimeName(column.Name) ? 2 : 0)
        + (column.Column.Format is { } format && !format.Contains("%H", StringComparison.Ordinal) ? 0 : 1)
        + (EventTimeName().IsMatch(column.Name) ? 1 : 0)
        - (OtherTimeName().IsMatch(column.Name) ? 4 : 0);

    [GeneratedRegex(
        @"^(id[_ ])?(contact|kontakt|customer|kund|person|member|user|student|lead|record|respondent|recipient|subscriber)([_ ]?(id|nr|no|number|nummer|key))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ContactName();

    [GeneratedRegex(@"phone|telefon|mobil|^tel$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhoneName();

    [GeneratedRegex(
        @"pseudo|visitor|cookie|anonymous|^(device|client)[_ ]?id$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex VisitorName();

    [GeneratedRegex(
        @"^(event|händelse|action|activity|aktivitet|kind|type|typ)([_ ]?(name|type|namn|typ))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex KindName();

    [GeneratedRegex(@"municipality|kommun", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MunicipalityName();

    [GeneratedRegex(@"(^|[_ ])(id|uuid|guid|key|nr|no)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdentityName();

    [GeneratedRegex(
        @"event|occurred|happened|created|datum|^(time|timestamp|date|at)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex EventTimeName();

    [GeneratedRegex(
        @"sync|upload|updat|modif|changed|process|birth|född|signup|first|user_creation|due|expire",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OtherTimeName();
}
