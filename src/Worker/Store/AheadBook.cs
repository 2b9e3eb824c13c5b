using System.Data.Common;
using Dapper;
using LeadScoring.Funnel;
using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>Where the last night left a contact that was moved since.</summary>
/// <param name="Place">The municipality on whose list of the week it stood then, 0 when on none.</param>
/// <param name="Position">Null when the night had not met it.</param>
public sealed record AheadStart(ContactId Contact, int Place, FunnelPosition? Position);

/// <summary>A look between nights for contacts that said something.</summary>
/// <param name="Night">As of which night it looked on, and that night's generation of the lake.</param>
/// <param name="Day">The day on which it looked.</param>
/// <param name="Generation">Of the lake that it saw.</param>
/// <param name="Complete">The generation up to which nothing from before the look is left to be looked at; -1 for none.</param>
/// <param name="Inbox">See <see cref="Ingestion.InboxGlance"/>.</param>
public sealed record AheadLook(
    DateOnly Night,
    int NightGeneration,
    DateOnly Day,
    int Generation,
    int Complete,
    string Inbox
)
{
    /// <summary>
    /// The first day as of which a night sees all that this look saw: the look sees the day itself once that day's night is
    /// over, and before it no more than that night is going to see.
    /// </summary>
    public DateOnly SeenAsOf => Day > Night ? Day : Day.AddDays(1);
}

/// <summary>What the nights and the looks between them know of each other.</summary>
sealed class AheadBook(StoreDialect dialect, DbConnection connection, DbTransaction? transaction = null)
{
    /// <summary>Who was moved since the last night.</summary>
    public IReadOnlyDictionary<ContactId, AheadStart> Starts() =>
        connection
            .Query<AheadRow>(dialect.Sql("ahead"), transaction: transaction)
            .Select(row => row.Start())
            .ToDictionary(start => start.Contact);

    public AheadLook? LastLook() =>
        connection.QueryFirstOrDefault<AheadLookRow>(dialect.Sql("ahead_look"), transaction: transaction)?.Look();

    /// <summary>How all contacts leaned on the last night, null before the first.</summary>
    public RegionalPrior? Leaning() =>
        connection.QueryFirstOrDefault<string>(dialect.Sql("leaning"), transaction: transaction) is { } text
            ? RegionalPrior.Parse(text)
            : null;

    public void Write(FunnelCommit commit, CommitWriter writer)
    {
        Refuse(commit);
        if (commit.Look is null)
            connection.Execute(dialect.Sql("clear_ahead"), transaction: transaction);
        writer.Run("put_ahead", commit.Ahead.Select(Parameters));
        if (commit.Look is { } look)
            writer.Run("put_ahead_look", [Parameters(look)]);
        if (commit.Leaning is { } prior)
            writer.Run("put_leaning", [new { as_of = StoreText.Day(commit.Watermark.AsOf), prior = prior.Text() }]);
    }

    /// <summary>A night must know of exactly those who were moved since the last, a look must go on from the last night.</summary>
    void Refuse(FunnelCommit commit)
    {
        var isStale = commit.Look is null
            ? !Starts().Keys.ToHashSet().SetEquals(commit.KnownAhead)
            : connection
                .QueryFirstOrDefault<WatermarkRow>(dialect.Sql("watermark"), transaction: transaction)
                ?.Watermark() != commit.Watermark;
        if (isStale)
            throw WorkerException.Of(
                dialect.Where,
                "another run has moved contacts since this one began",
                "one run of the funnel at a time",
                "run it again; nothing of this one was written"
            );
    }

    static object Parameters(AheadStart start) =>
        new
        {
            contact = start.Contact.Value,
            place = start.Place,
            stage = start.Position is { } at ? StoreText.Word(at.Stage) : null,
            since = start.Position is { } entered ? StoreText.Day(entered.Since) : null,
            last_signal = start.Position?.LastSignal is { } signal ? StoreText.Instant(signal) : null,
            municipality = start.Position?.Municipality ?? 0,
            runner_up = start.Position?.RunnerUp ?? 0,
            cause = start.Position?.Cause,
            model_id = start.Position?.ModelId,
            as_of = start.Position is { } seen ? StoreText.Day(seen.AsOf) : null,
            last_word = start.Position?.LastWord is { } word ? StoreText.Word(word.Kind) : null,
            last_word_at = start.Position?.LastWord is { } said ? StoreText.Instant(said.At) : null,
        };

    static object Parameters(AheadLook look) =>
        new
        {
            night = StoreText.Day(look.Night),
            night_generation = look.NightGeneration,
            on_day = StoreText.Day(look.Day),
            generation = look.Generation,
            complete = look.Complete,
            inbox = look.Inbox,
        };
}

sealed class AheadRow
{
    public string Contact { get; init; } = "";
    public int Place { get; init; }
    public string? Stage { get; init; }
    public string? Since { get; init; }
    public string? LastSignal { get; init; }
    public int Municipality { get; init; }
    public int RunnerUp { get; init; }
    public string? Cause { get; init; }
    public string? ModelId { get; init; }
    public string? AsOf { get; init; }
    public string? LastWord { get; init; }
    public string? LastWordAt { get; init; }

    public AheadStart Start() => new(new(Contact), Place, Stage is null ? null : Position(Stage));

    FunnelPosition Position(string stage) =>
        new PositionRow
        {
            Contact = Contact,
            Stage = stage,
            Since = Since!,
            LastSignal = LastSignal,
            Municipality = Municipality,
            RunnerUp = RunnerUp,
            Cause = Cause!,
            ModelId = ModelId,
            AsOf = AsOf!,
            LastWord = LastWord,
            LastWordAt = LastWordAt,
        }.Position();
}

sealed class AheadLookRow
{
    public string Night { get; init; } = "";
    public int NightGeneration { get; init; }
    public string OnDay { get; init; } = "";
    public int Generation { get; init; }
    public int Complete { get; init; }
    public string Inbox { get; init; } = "";

    public AheadLook Look() =>
        new(StoreText.Day(Night), NightGeneration, StoreText.Day(OnDay), Generation, Complete, Inbox);
}
