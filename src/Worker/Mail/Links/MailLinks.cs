using LeadScoring.Funnel.FollowUps;

namespace LeadScoring.Worker.Mail.Links;

/// <summary>The links of one message.</summary>
/// <param name="Expires">Last day on which an answer is taken.</param>
public sealed record MailLinks(IReadOnlyDictionary<Answer, Uri> Answers, Uri Stop, string StopToken, DateOnly Expires)
{
    /// <summary>Where answers are given, below the public address.</summary>
    public const string AnswerPath = "answer";

    /// <summary>Where messages are stopped, below the public address.</summary>
    public const string StopPath = "stop";

    public Uri Answer(Answer answer) => Answers[answer];

    /// <param name="publicUrl">Where the pages are reached from outside.</param>
    public static MailLinks Of(FollowUp followUp, string language, DateOnly expires, Uri publicUrl, LinkSigner signer)
    {
        var claim = new LinkClaim(
            null,
            followUp.Contact,
            followUp.Key,
            followUp.Municipality,
            language,
            DateOnly.MaxValue
        );
        var stop = signer.Token(claim);
        return new MailLinks(
            AnswerWords.InOrder.ToDictionary(
                answer => answer,
                answer => Below(publicUrl, AnswerPath, signer.Token(claim with { Answer = answer, Expires = expires }))
            ),
            Below(publicUrl, StopPath, stop),
            stop,
            expires
        );
    }

    static Uri Below(Uri publicUrl, string path, string token) =>
        new($"{publicUrl.AbsoluteUri.TrimEnd('/')}/{path}/{token}");
}
