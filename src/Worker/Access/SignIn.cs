using System.Security.Claims;
using LeadScoring.Worker.Store;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Access;

/// <summary>Signing in to pages that are not for everybody: the store's users, remembered by a cookie for a working day.</summary>
/// <remarks>
/// The keys of the cookies lie in the home, so that what one worker signed in holds at the others. Each request looks
/// whether the user is still there with the same stamp.
/// </remarks>
static class SignIn
{
    public const string Path = "/sign-in";
    public const string OutPath = "/sign-out";

    /// <summary>The policy of pages for admins.</summary>
    public const string Admins = "admins";

    /// <summary>The field that says where to go after signing in.</summary>
    public const string Next = "next";

    const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    const string Stamp = "stamp";

    public static void AddTo(WebApplicationBuilder builder, Home home)
    {
        var services = builder.Services;
        // Keys are guarded by the rights on their folder, like the other secrets of a home.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        services.AddDataProtection().SetApplicationName("leads").PersistKeysToFileSystem(Folder(home.Keys));
        services.AddAntiforgery(options => (options.Cookie.Name, options.FormFieldName) = ("leads-form", "form"));
        services
            .AddAuthentication(Scheme)
            .AddCookie(options =>
            {
                options.Cookie.Name = "leads-session";
                options.Cookie.SameSite = SameSiteMode.Strict;
                options.ExpireTimeSpan = TimeSpan.FromHours(10);
                options.LoginPath = Path;
                options.ReturnUrlParameter = Next;
                options.Events.OnValidatePrincipal = context => Validate(context, home);
                // Without scheme and host: a proxy in front has others.
                options.Events.OnRedirectToLogin = context =>
                {
                    context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
                    return Task.CompletedTask;
                };
                options.Events.OnRedirectToAccessDenied = context =>
                    Results
                        .Content(
                            SignInPage.Refused("This page is for admins."),
                            "text/html; charset=utf-8",
                            statusCode: StatusCodes.Status403Forbidden
                        )
                        .ExecuteAsync(context.HttpContext);
            });
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Admins, policy => policy.RequireRole(StoreText.Word(UserRole.Admin)));
    }

    /// <summary>The page to sign in and out on; neither it nor what it opens is there by other names than may be shown.</summary>
    /// <param name="opens">Where the pages that it opens lie.</param>
    public static void Map(WebApplication host, Home home, Func<string, bool> mayShow, TimeProvider time, string opens)
    {
        string[] guarded = [Path, OutPath, opens];
        host.Use(
            (http, next) =>
            {
                if (
                    !guarded.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                    || mayShow(http.Request.Host.Host)
                )
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
        );
        host.UseAuthentication();
        host.UseAuthorization();
        host.MapGet(
            Path,
            (HttpContext http, IAntiforgery forms) => Show(http, forms, LocalPath(http.Request.Query[Next]))
        );
        host.MapPost(Path, (HttpContext http, IAntiforgery forms) => EnterAsync(http, forms, home, time));
        host.MapPost(OutPath, (HttpContext http, IAntiforgery forms) => LeaveAsync(http, forms));
    }

    static IResult Show(HttpContext http, IAntiforgery forms, string next, string? problem = null, int status = 200)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var token = forms.GetAndStoreTokens(http);
        var page = http.User.Identity is { IsAuthenticated: true, Name: { } name }
            ? SignInPage.SignedIn(token, name)
            : SignInPage.Ask(token, next, problem);
        return Results.Content(page, "text/html; charset=utf-8", statusCode: status);
    }

    static async Task<IResult> EnterAsync(HttpContext http, IAntiforgery forms, Home home, TimeProvider time)
    {
        if (!await forms.IsRequestValidAsync(http))
            return Show(http, forms, "/", "The form was too old. Try again.", StatusCodes.Status400BadRequest);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var next = LocalPath(form[Next]);
        try
        {
            using var store = LeadStore.Open(home.Path, patienceSeconds: 5);
            var now = time.GetUtcNow().UtcDateTime;
            if (Credentials.Check(store, $"{form["name"]}".Trim(), $"{form["password"]}", now) is not { } user)
                return Show(
                    http,
                    forms,
                    next,
                    "Name and password do not belong together, or there were too many attempts; then wait a quarter of an hour.",
                    StatusCodes.Status401Unauthorized
                );
            Claim[] claims =
            [
                new(ClaimTypes.Name, user.Name),
                new(ClaimTypes.Role, StoreText.Word(user.Role)),
                new(Stamp, user.Stamp),
            ];
            await http.SignInAsync(Scheme, new(new ClaimsIdentity(claims, Scheme)));
            return Results.LocalRedirect(next);
        }
        catch (WorkerException)
        {
            const string Words = "The store cannot be used at the moment.";
            return Show(http, forms, next, Words, StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task<IResult> LeaveAsync(HttpContext http, IAntiforgery forms)
    {
        if (!await forms.IsRequestValidAsync(http))
            return Show(http, forms, "/", "The form was too old. Try again.", StatusCodes.Status400BadRequest);
        await http.SignOutAsync(Scheme);
        return Results.LocalRedirect(Path);
    }

    /// <summary>Who was removed or got another password is signed in no longer, nor is anybody while the store cannot be asked.</summary>
    static Task Validate(CookieValidatePrincipalContext context, Home home)
    {
        try
        {
            using var store = LeadStore.Open(home.Path, patienceSeconds: 5);
            var user = new UserBook(store).Find(context.Principal?.Identity?.Name ?? "");
            if (
                user is not null
                && string.Equals(context.Principal?.FindFirstValue(Stamp), user.Stamp, StringComparison.Ordinal)
            )
                return Task.CompletedTask;
        }
        catch (WorkerException) { }
        context.RejectPrincipal();
        return Task.CompletedTask;
    }

    /// <summary>A path of this host; anything else would lead away from it.</summary>
    static string LocalPath(string? path) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : "/";

    static DirectoryInfo Folder(string path)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Owner);
    }
}
