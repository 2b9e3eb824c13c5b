using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Mail.Answers;

/// <summary>Writes answers given on the web into <c>inbox/relocation_answers</c>, where the next ingest finds them.</summary>
/// <remarks>
/// One file holds all that was answered to one follow-up, a line each. It is replaced as a whole, so ingest never reads
/// half a line; what it has read before it knows again by <c>answer_id</c>.
/// </remarks>
public sealed class AnswerInbox(string home, TimeProvider time)
{
    readonly string _folder = Path.Combine(home, "inbox", "relocation_answers");

    /// <summary>Takes an answer. The same one again changes nothing; another one is added and counts from now on.</summary>
    /// <returns>Whether it was new.</returns>
    public bool Record(LinkClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var answer = claim.Answer ?? throw new InvalidOperationException("a stopping link is no answer");
        Directory.CreateDirectory(_folder);
        var name = NameOf(claim.FollowUp);
        var path = PathOf(name);
        using var turn = FileTurn.Wait(Path.Combine(_folder, ".web.lock"), time);
        // A link may be followed after its contact was erased; nothing of it is written again.
        if (ErasedContacts.Of(home).Contains(claim.Contact.Value))
            return false;
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var last = lines.Length == 0 ? null : Row.Of(lines[^1]);
        if (string.Equals(last?.Answer, AnswerWords.Word(answer), StringComparison.Ordinal))
            return false;
        var at = Whole(time.GetUtcNow().UtcDateTime);
        // Two answers within a millisecond, or a clock that was set back: the later answer stays the later one.
        if (last is not null && at <= last.At)
            at = last.At.AddMilliseconds(1);
        var row = Row.Of(claim, answer, $"{name}-{lines.Length + 1}", at);
        Replace(path, string.Concat(lines.Append(row.Line()).Select(line => line + "\n")));
        return true;
    }

    /// <summary>When (UTC) a follow-up's message was answered on the web, first and last; null when it was not.</summary>
    public (DateTime First, DateTime Last)? AnsweredAt(string followUp)
    {
        var path = PathOf(NameOf(followUp));
        if (!File.Exists(path))
            return null;
        var answers = File.ReadLines(path).Select(Row.Of).OfType<Row>().Select(row => row.At).ToList();
        return answers.Count == 0 ? null : (answers[0], answers[^1]);
    }

    static string NameOf(string followUp) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(followUp)).AsSpan(..12));

    string PathOf(string name) => Path.Combine(_folder, $"web-{name}.ndjson");

    // Names that begin with a dot are not read by ingest.
    void Replace(string path, string text) =>
        AtomicFile.Write(path, Path.Combine(_folder, $".{Path.GetFileName(path)}.new"), Encoding.UTF8.GetBytes(text));

    static DateTime Whole(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    /// <summary>One line, in the columns of the source.</summary>
    sealed record Row(
        string AnswerId,
        string ContactId,
        string AnsweredAt,
        string Question,
        string Answer,
        IReadOnlyList<string>? Drivers,
        int? PreferredMunicipality,
        string Channel
    )
    {
        const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

        static readonly JsonSerializerOptions Options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        };

        public DateTime At =>
            DateTime.ParseExact(
                AnsweredAt,
                Instant,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            );

        /// <summary>Who would move there or might says so of this municipality; who would not has named none.</summary>
        public static Row Of(LinkClaim claim, Answer answer, string id, DateTime at) =>
            new(
                id,
                claim.Contact.Value,
                at.ToString(Instant, CultureInfo.InvariantCulture),
                "could_you_imagine_moving",
                AnswerWords.Word(answer),
                null,
                answer is Links.Answer.Yes or Links.Answer.Maybe ? claim.Municipality : null,
                "email"
            );

        public static Row? Of(string line) => JsonSerializer.Deserialize<Row>(line, Options);

        public string Line() => JsonSerializer.Serialize(this, Options);
    }
}
