using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LeadScoring.Worker.Mail.Answers;

/// <summary>The pages behind the links of a message. A visit (GET, HEAD) only shows; a POST alone answers or stops.</summary>
/// <remarks>
/// Link scanners fetch every link of a message, so a visit must say nothing. RFC 8058 has mail programs POST to the very
/// address in List-Unsubscribe, without cookies and without a page before; the page's button does the same. Nobody has
/// to log in, and nothing is asked of the browser: the token in the address says who and what.
/// </remarks>
public static class AnswerEndpoints
{
    const string OneClickField = "List-Unsubscribe";
    const long LargestForm = 4096;

    static readonly string[] Visits = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapAnswers(this IEndpointRouteBuilder routes, AnswerDesk desk)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(desk);
        var answer = $"/{MailLinks.AnswerPath}/{{token}}";
        var stop = $"/{MailLinks.StopPath}/{{token}}";
        routes.MapMethods(answer, Visits, (HttpContext http, string token) => Asked(http, desk, token));
        routes.MapPost(answer, (HttpContext http, string token) => Answered(http, desk, token));
        routes.MapMethods(stop, Visits, (HttpContext http, string token) => AskedToStop(http, desk, token));
        routes.MapPost(stop, (HttpContext http, string token) => Stopped(http, desk, token));
        return routes;
    }

    static IResult Asked(HttpContext http, AnswerDesk desk, string token) =>
        WithAnswer(http, desk, token, AnswerPage.Ask);

    static IResult Answered(HttpContext http, AnswerDesk desk, string token) =>
        WithAnswer(
            http,
            desk,
            token,
            claim =>
            {
                desk.Inbox.Record(claim);
                return AnswerPage.Thanks(claim, desk.Links);
            }
        );

    static IResult AskedToStop(HttpContext http, AnswerDesk desk, string token) =>
        WithClaim(http, desk, token, claim => claim.Answer is null, AnswerPage.AskToStop);

    static async Task<IResult> Stopped(HttpContext http, AnswerDesk desk, string token)
    {
        var way = await IsOneClick(http.Request) ? StopWay.OneClick : StopWay.Page;
        return WithClaim(
            http,
            desk,
            token,
            claim => claim.Answer is null,
            claim =>
            {
                desk.Stops.Stop(claim.Contact, way);
                return AnswerPage.Stopped(claim);
            }
        );
    }

    static IResult WithAnswer(HttpContext http, AnswerDesk desk, string token, Func<LinkClaim, string> page) =>
        WithClaim(http, desk, token, claim => claim.Answer is not null, page);

    static IResult WithClaim(
        HttpContext http,
        AnswerDesk desk,
        string token,
        Func<LinkClaim, bool> belongsHere,
        Func<LinkClaim, string> page
    )
    {
        Guard(http.Response);
        if (desk.Links.Read(token) is not { } claim || !belongsHere(claim))
            return Page(AnswerPage.Unknown(LanguageOf(http.Request)), StatusCodes.Status404NotFound);
        if (!claim.IsTakenOn(desk.Today()))
            return Page(AnswerPage.Expired(claim.Language), StatusCodes.Status410Gone);
        try
        {
            return Page(page(claim), StatusCodes.Status200OK);
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or WorkerException
                || DiskFault.Explain(problem) is not null
            )
        {
            // A full disk, or a turn that did not come: the sender of the answer has to know that it was not taken.
            return Page(AnswerPage.Failed(claim.Language), StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Whether it is a mail program's POST: a form with the one field that RFC 8058 names.</summary>
    static async Task<bool> IsOneClick(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > LargestForm)
            return false;
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.ContainsKey(OneClickField);
        }
        catch (Exception problem) when (problem is InvalidDataException or BadHttpRequestException)
        {
            // Whatever its body is like, the address alone says what is wanted.
            return false;
        }
    }

    static string LanguageOf(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => MailWords.Languages.Contains(language, StringComparer.Ordinal))
        ?? "en";

    static void Guard(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    static IResult Page(string html, int status) => Results.Content(html, "text/html; charset=utf-8", null, status);
}
